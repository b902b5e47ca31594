using System.CommandLine;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using MeetingRecordings;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Operators;

namespace LocalHost.Commands;

/// <summary>Shows the messages that were given up.</summary>
internal static class PoisonListCommand
{
    private static readonly (FailedQueue Queue, string Words)[] Others =
    [
        (FailedQueue.Poison, "There are poisoned messages too: --source poison"),
        (FailedQueue.DeadLetter, "There are dead letters too: --source deadletter"),
        (FailedQueue.Recordings, "There are recordings too that could not be archived: --source recordings"),
    ];

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
            parsed.GetValue(PoisonCommand.Source), selection, parsed.GetValue(Max), parsed.GetValue(From), cancellationToken);
        if (parsed.GetValue(OperatorCommand.Json))
        {
            Console.WriteLine(OperatorJson.Serialize(page));
            return 0;
        }

        Print(Console.Out, page);
        foreach (var (other, words) in Others.Where(other => other.Queue != page.Source))
        {
            if (await AnyAsync(services.GetRequiredService<FailedMessageList>(), other, cancellationToken))
            {
                Console.WriteLine(words);
            }
        }

        return 0;
    }

    private static async Task<bool> AnyAsync(FailedMessageList messages, FailedQueue queue, CancellationToken cancellationToken)
    {
        try
        {
            return (await messages.ListAsync(queue, new FailedSelection.All(), 1, 0, cancellationToken)).Messages.Count > 0;
        }
        catch (ServiceBusException e) when (queue == FailedQueue.Recordings && e.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            // Where nothing is archived there need not be such a queue.
            return false;
        }
    }

    // Two lines for each, which no width of a terminal breaks where it matters.
    private static void Print(TextWriter output, FailedPage page)
    {
        foreach (var message in page.Messages)
        {
            var (reason, code) = (message.Reason ?? "no reason", message.Code ?? message.ExceptionType);
            var why = code is null || code == reason ? reason : $"{reason} ({code})";
            var when = (message.LastFailureAt ?? message.EnqueuedAt).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
            output.WriteLine(PrintableText.Of($"{message.Id}  {message.ConferenceId ?? message.Body}  {when}  {why}"));
            if ((message.Description ?? message.Message) is { } more)
            {
                output.WriteLine($"    {PrintableText.Of(more)}");
            }
        }

        foreach (var reason in page.Messages.GroupBy(static m => m.Reason ?? "no reason").OrderByDescending(static g => g.Count()))
        {
            // A message with a description has had its advice printed with it.
            var advice = reason.All(static m => m.Description is null) ? reason.First().Advice : null;
            output.WriteLine($"{reason.Count()} {PrintableText.Of(reason.Key)}{(advice is null ? "" : $": {advice}")}");
        }

        output.WriteLine(page.Next is { } next ? $"There are more: --from {next}" : $"{Counted.Of(page.Messages.Count, "message")}.");
    }
}
