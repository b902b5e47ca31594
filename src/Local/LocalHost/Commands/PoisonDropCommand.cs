using System.CommandLine;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Removes a message for good that was given up.</summary>
internal static class PoisonDropCommand
{
    private static readonly Argument<long> Id = new("id") { Description = "Its sequence number." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; it is logged.", Required = true };

    public static Command Create()
    {
        var command = new Command("drop", "Removes a message for good.");
        command.Arguments.Add(Id);
        command.Options.Add(PoisonCommand.Source);
        command.Options.Add(Reason);
        OperatorCommand.SetAction(
            command,
            static (services, settings) =>
            {
                services.AddQueueTools(settings);

                // Who dropped what, and why, must not be lost with the message.
                services.AddLogging(static logging => Hosting.LocalConsole.AddLocalConsole(logging, LogLevel.Warning));
            },
            RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<FailedDrop>().DropAsync(
            parsed.GetValue(PoisonCommand.Source), parsed.GetValue(Id), parsed.GetRequiredValue(Reason), Asker.ThisUser, cancellationToken);
        return result.Outcome == MessageOutcome.Dropped
            ? 0
            : throw new LocalHostException($"Message {result.Id} is not dropped: {result.Detail}");
    }
}
