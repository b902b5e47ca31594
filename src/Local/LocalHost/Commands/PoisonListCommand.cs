using System.CommandLine;
using System.Globalization;
using MeetingRecordings;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Operators;
using Spectre.Console;

namespace LocalHost.Commands;

/// <summary>Shows the messages that were given up.</summary>
internal static class PoisonListCommand
{
    private static readonly Option<string> Reason = new("--reason") { Description = "How their reason or DingTalk's code begins, in any case." };
    private static readonly Option<int> Max = OperatorCommand.MaxOption("The most messages to show.");
    private static readonly Option<long> From = new("--from") { Description = "The least sequence number to show." };

    public static Command Create()
    {
        var command = new Command("list", "Shows messages, the oldest first, without touching them.");
        foreach (var option in (Option[])[PoisonCommand.Source, Reason, Max, From, OperatorCommand.Json])
        {
            command.Options.Add(option);
        }

        OperatorCommand.SetAction(command, static (services, settings) => services.AddQueueTools(settings), RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        FailedSelection selection = parsed.GetValue(Reason) is { } reason ? new FailedSelection.ByReason(reason) : new FailedSelection.All();
        var page = await services.GetRequiredService<FailedMessageList>().ListAsync(
            parsed.GetValue(PoisonCommand.Source), selection, parsed.GetValue(Max), parsed.GetValue(From), cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(OperatorCommand.Json))
        {
            Console.WriteLine(OperatorJson.Serialize(page));
            return 0;
        }

        Print(OperatorCommand.Console, page);
        return 0;
    }

    private static void Print(IAnsiConsole console, FailedPage page)
    {
        var table = new Table().RoundedBorder().AddColumns("Id", "Conference", "Reason", "Code", "Message", "Last failure", "Faults", "Request");
        foreach (var message in page.Messages)
        {
            table.AddRow(
                [
                    .. new[]
                    {
                        message.Id.ToString(CultureInfo.InvariantCulture), message.ConferenceId ?? message.Body, message.Reason, message.Code ?? message.ExceptionType,
                        message.Message ?? message.Description, message.LastFailureAt?.ToString("u", CultureInfo.InvariantCulture),
                        message.Faults.ToString(CultureInfo.InvariantCulture), message.RequestId,
                    }.Select(static text => new Text(PrintableText.Of(text) ?? "")),
                ]);
        }

        console.Write(table);
        console.WriteLine(page.Next is { } next ? $"There are more: --from {next}" : $"{page.Messages.Count} messages.");
    }
}
