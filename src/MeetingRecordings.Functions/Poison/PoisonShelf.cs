using Azure.Messaging.ServiceBus;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Configuration;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Poison;

/// <summary>The messages that were given up: what an operator can see of them and do with them.</summary>
public sealed partial class PoisonShelf
{
    /// <summary>The most messages of one page, and of one replay.</summary>
    public const int MaxMessages = 1000;

    /// <summary>The most ids of one replay.</summary>
    public const int MaxIds = 100;

    private const int MaxPeeked = 10_000;

    private readonly ServiceBusClient _client;
    private readonly ServiceBusSettings _settings;
    private readonly ConferenceQueue _conferences;
    private readonly TimeProvider _clock;
    private readonly ILogger<PoisonShelf> _logger;
    private readonly ICheckpoints? _checkpoints;

    internal PoisonShelf(
        ServiceBusClient client,
        ServiceBusSettings settings,
        ConferenceQueue conferences,
        TimeProvider clock,
        ILogger<PoisonShelf> logger,
        ICheckpoints? checkpoints = null)
    {
        _client = client;
        _settings = settings;
        _conferences = conferences;
        _clock = clock;
        _logger = logger;
        _checkpoints = checkpoints;
    }

    /// <summary>Looks at messages, the oldest first, without touching them.</summary>
    /// <param name="source">Where.</param>
    /// <param name="reason">How their reason or code begins; null for all.</param>
    /// <param name="max">The most to show.</param>
    /// <param name="from">The least sequence number to show.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>A page; after looking at 10,000 messages it ends, full or not.</returns>
    public async Task<PoisonPage> ListAsync(PoisonSource source, string? reason, int max, long from, CancellationToken cancellationToken)
    {
        await using var receiver = CreateReceiver(source);
        var messages = new List<PoisonedMessage>();
        var peeked = 0;
        await foreach (var received in receiver.PeekFromAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (messages.Count == max || peeked++ == MaxPeeked)
            {
                return new PoisonPage(source, messages, received.SequenceNumber);
            }

            var message = PoisonedMessage.From(received);
            if (reason is null || PoisonSelection.IsReason(message, reason))
            {
                messages.Add(message);
            }
        }

        return new PoisonPage(source, messages, null);
    }

    /// <summary>
    /// Puts conferences on the conference queue again, with their counters reset. Each is sent first and then removed, so a
    /// crash between the two leaves it in both places, and a second replay within ten minutes is dropped as a duplicate.
    /// </summary>
    /// <param name="source">Where they lie.</param>
    /// <param name="selection">Which.</param>
    /// <param name="max">The most to replay, the oldest first.</param>
    /// <param name="dryRun">Only says what would be done.</param>
    /// <param name="cancellationToken">Gives the rest up.</param>
    public async Task<PoisonAnswer> ReplayAsync(
        PoisonSource source,
        PoisonSelection selection,
        int max,
        bool dryRun,
        CancellationToken cancellationToken)
    {
        await using var receiver = CreateReceiver(source);
        var results = new SortedDictionary<long, PoisonResult>();
        var (meant, more) = selection is PoisonSelection.ByIds ids
            ? (await FindAsync(receiver, ids.Ids, results, cancellationToken).ConfigureAwait(false), false)
            : await PoisonSearch.SelectAsync(receiver, selection, max, _clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        foreach (var message in meant)
        {
            results[message.Id] = message.ConferenceId is null
                ? new PoisonResult(message.Id, PoisonOutcome.Unreadable, Detail: "Its body is no conference message. It can only be dropped.")
                : new PoisonResult(message.Id, PoisonOutcome.WouldReplay, message.ConferenceId);
        }

        if (!dryRun)
        {
            var wanted = results.Values.Where(static result => result.Outcome == PoisonOutcome.WouldReplay).Select(static result => result.Id).ToHashSet();
            await TakeAsync(
                receiver, wanted, results, (message, token) => ReplayAsync(receiver, source, message, token), cancellationToken).ConfigureAwait(false);
            Log.Replayed(_logger, results.Values.Count(static result => result.Outcome == PoisonOutcome.Replayed), results.Count, source);
        }

        return new PoisonAnswer(source, dryRun, [.. results.Values], more);
    }

    /// <summary>Removes a message for good.</summary>
    /// <param name="source">Where it lies.</param>
    /// <param name="id">Its sequence number.</param>
    /// <param name="reason">Why; it is logged.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public async Task<PoisonResult> DropAsync(PoisonSource source, long id, string reason, CancellationToken cancellationToken)
    {
        await using var receiver = CreateReceiver(source);
        var results = new SortedDictionary<long, PoisonResult>();
        var wanted = (await FindAsync(receiver, new HashSet<long> { id }, results, cancellationToken).ConfigureAwait(false)).Select(static message => message.Id).ToHashSet();
        await TakeAsync(
            receiver,
            wanted,
            results,
            async (message, _) =>
            {
                await receiver.CompleteMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
                return new PoisonResult(id, PoisonOutcome.Dropped, PoisonedMessage.From(message).ConferenceId);
            },
            cancellationToken).ConfigureAwait(false);
        if (results[id].Outcome == PoisonOutcome.Dropped)
        {
            Log.Dropped(_logger, id, source, results[id].ConferenceId, reason);
        }

        return results[id];
    }

    private ServiceBusReceiver CreateReceiver(PoisonSource source) => source == PoisonSource.Poison
        ? _client.CreateReceiver(_settings.PoisonQueue)
        : _client.CreateReceiver(_settings.ConferenceQueue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private static async Task<IReadOnlyList<PoisonedMessage>> FindAsync(
        ServiceBusReceiver receiver,
        IReadOnlySet<long> ids,
        SortedDictionary<long, PoisonResult> results,
        CancellationToken cancellationToken)
    {
        var found = await PoisonSearch.FindAsync(receiver, ids, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids.Except(found.Select(static message => message.Id)))
        {
            results[id] = new PoisonResult(id, PoisonOutcome.NotFound, Detail: "There is no such message, or somebody else has settled it.");
        }

        return found;
    }

    private async Task TakeAsync(
        ServiceBusReceiver receiver,
        HashSet<long> wanted,
        SortedDictionary<long, PoisonResult> results,
        Func<ServiceBusReceivedMessage, CancellationToken, Task<PoisonResult>> settle,
        CancellationToken cancellationToken)
    {
        var isThrough = await new PoisonPicker(receiver, _clock).PickAsync(
            wanted,
            async (message, token) =>
            {
                var result = await SettleAsync(message, settle, token).ConfigureAwait(false);
                lock (results)
                {
                    results[result.Id] = result;
                }

                return result.Outcome is PoisonOutcome.Replayed or PoisonOutcome.Dropped;
            },
            cancellationToken).ConfigureAwait(false);
        if (wanted.Count <= MaxIds)
        {
            var found = await FindAsync(receiver, wanted, results, cancellationToken).ConfigureAwait(false);
            wanted.IntersectWith(found.Select(static message => message.Id));
        }

        foreach (var left in wanted)
        {
            results[left] = isThrough
                ? new PoisonResult(left, PoisonOutcome.Locked, Detail: "Another receiver holds it. Try again in a minute.")
                : new PoisonResult(left, PoisonOutcome.OutOfReach, Detail: $"More than {PoisonPicker.Reach} others lie before it. Replay or drop those first.");
        }
    }

    private static async Task<PoisonResult> SettleAsync(
        ServiceBusReceivedMessage message,
        Func<ServiceBusReceivedMessage, CancellationToken, Task<PoisonResult>> settle,
        CancellationToken cancellationToken)
    {
        try
        {
            return await settle(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The others of its batch must be let go all the same.
            var why = (e as ServiceBusException)?.Reason.ToString() ?? e.GetType().Name;
            return new PoisonResult(message.SequenceNumber, PoisonOutcome.Failed, Detail: $"Service Bus: {why}. It is where it was.");
        }
    }

    private async Task<PoisonResult> ReplayAsync(
        ServiceBusReceiver receiver,
        PoisonSource source,
        ServiceBusReceivedMessage message,
        CancellationToken cancellationToken)
    {
        if (ConferenceMessageJson.TryDeserialize(message.Body, out var conference) is { } problem)
        {
            return new PoisonResult(message.SequenceNumber, PoisonOutcome.Unreadable, Detail: problem);
        }

        var lineage = BeginReplay(source, message, conference);
        await _conferences.EnqueueAsync(conference with { Trigger = Trigger.Replay }, lineage, cancellationToken).ConfigureAwait(false);
        _checkpoints?.Pass(Checkpoint.ReplaySent);
        try
        {
            await receiver.CompleteMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ServiceBusException e)
        {
            return new PoisonResult(
                message.SequenceNumber,
                PoisonOutcome.ReplayedNotRemoved,
                conference.ConferenceId,
                lineage.MessageId,
                $"Service Bus: {e.Reason}. Drop it; a second replay within ten minutes is dropped by itself.");
        }

        return new PoisonResult(message.SequenceNumber, PoisonOutcome.Replayed, conference.ConferenceId, lineage.MessageId);
    }

    // The two queues count their messages apart, so one number may name a message in each of them.
    private Lineage BeginReplay(PoisonSource source, ServiceBusReceivedMessage message, ConferenceMessage conference)
    {
        var before = LineageProperties.Read(message.ApplicationProperties, conference.ConferenceId, message.EnqueuedTime);
        var kind = source == PoisonSource.Poison ? "replay" : "replay:deadletter";
        return new Lineage($"{conference.ConferenceId}:{kind}:{message.SequenceNumber}", _clock.GetUtcNow())
        {
            EndedAtSource = before.EndedAtSource,
            // Its trigger gives way to that of a replay, and with it what the event had said.
            RecordingConfirmed = before.RecordingConfirmed,
            RecordingAnnounced = before.RecordingAnnounced || conference.Trigger == Trigger.RecordingReady,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "{Replayed} of {Meant} messages are replayed from {Source}")]
        public static partial void Replayed(ILogger logger, int replayed, int meant, PoisonSource source);

        [LoggerMessage(401, LogLevel.Warning, "Message {Id} of {Source}, about conference {ConferenceId}, is dropped: {Reason}")]
        public static partial void Dropped(ILogger logger, long id, PoisonSource source, string? conferenceId, string reason);
    }
}
