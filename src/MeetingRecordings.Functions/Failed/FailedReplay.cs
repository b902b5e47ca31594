using Azure.Messaging.ServiceBus;
using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Queues;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Failed;

/// <summary>
/// Puts what has failed on its queue again, with their counters reset. Each is sent first and then removed, so
/// a crash between the two leaves it in both places, and a second replay within ten minutes is dropped as a duplicate.
/// </summary>
public sealed partial class FailedReplay
{
    /// <summary>The most messages of one replay.</summary>
    public const int MaxMessages = 1000;

    private readonly FailedReceivers _receivers;
    private readonly ConferenceQueue _conferences;
    private readonly RecordingQueue _recordings;
    private readonly TimeProvider _clock;
    private readonly ILogger<FailedReplay> _logger;

    internal FailedReplay(
        FailedReceivers receivers, ConferenceQueue conferences, RecordingQueue recordings, TimeProvider clock, ILogger<FailedReplay> logger)
    {
        _receivers = receivers;
        _conferences = conferences;
        _recordings = recordings;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Replays messages.</summary>
    /// <param name="queue">Where they lie.</param>
    /// <param name="selection">Which.</param>
    /// <param name="max">The most to replay, the oldest first.</param>
    /// <param name="dryRun">Whether only to say what would be done.</param>
    /// <param name="who">Who asks for it; it is logged.</param>
    /// <param name="cancellationToken">Cancels the rest.</param>
    public async Task<ReplayAnswer> ReplayAsync(
        FailedQueue queue, FailedSelection selection, int max, bool dryRun, string who, CancellationToken cancellationToken)
    {
        await using var receiver = _receivers.Create(queue);
        var (meant, more) = selection is FailedSelection.ByIds ids
            ? (await FailedMessageList.FindAsync(receiver, ids.Ids, cancellationToken), false)
            : await FailedMessageList.SelectAsync(receiver, selection, max, _clock.GetUtcNow(), cancellationToken);
        var results = meant.ToDictionary(static message => message.Id, WouldReplay);
        foreach (var missing in (selection is FailedSelection.ByIds byIds ? byIds.Ids : Enumerable.Empty<long>()).Except(results.Keys))
        {
            results[missing] = MessagePicker.NotFound(missing);
        }

        if (!dryRun)
        {
            var wanted = results.Values.Where(static r => r.Outcome == MessageOutcome.WouldReplay).Select(static r => r.Id).ToHashSet();
            var picked = await new MessagePicker(receiver, _clock).PickAsync(
                wanted, (message, token) => ReplayAsync(receiver, queue, message, token), cancellationToken);
            foreach (var (id, result) in picked)
            {
                results[id] = result;
            }

            Log.Replayed(_logger, results.Values.Count(static r => r.Outcome == MessageOutcome.Replayed), results.Count, queue, who);
        }

        return new ReplayAnswer(queue, dryRun, [.. results.Values.OrderBy(static r => r.Id)], more);
    }

    private static MessageResult WouldReplay(FailedMessage message) => message.ConferenceId is null
        ? new MessageResult(message.Id, MessageOutcome.Unreadable, Detail: "Its body is no conference message. It can only be dropped.")
        : new MessageResult(message.Id, MessageOutcome.WouldReplay, message.ConferenceId);

    private async Task<MessageResult> ReplayAsync(
        ServiceBusReceiver receiver, FailedQueue queue, ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        if (!Read(queue, message).Succeeded(out var replay, out var problem))
        {
            return new MessageResult(message.SequenceNumber, MessageOutcome.Unreadable, Detail: $"{problem}");
        }

        await replay.SendAsync(cancellationToken);
        try
        {
            await receiver.CompleteMessageAsync(message, CancellationToken.None);
        }
        catch (ServiceBusException e)
        {
            return new MessageResult(
                message.SequenceNumber,
                MessageOutcome.ReplayedNotRemoved,
                replay.ConferenceId,
                replay.MessageId,
                $"Service Bus: {e.Reason}. Drop it; a second replay within ten minutes is dropped by itself.");
        }

        return new MessageResult(message.SequenceNumber, MessageOutcome.Replayed, replay.ConferenceId, replay.MessageId);
    }

    private Parsed<Replay> Read(FailedQueue queue, ServiceBusReceivedMessage message)
    {
        if (queue == FailedQueue.Recordings)
        {
            return ReadRecording(message);
        }

        if (!MessageBody.Parse(message).Succeeded(out var conference, out var problem))
        {
            return problem;
        }

        var lineage = BeginReplay(queue, message, conference);
        return new Replay(
            conference.ConferenceId, lineage.MessageId, token => _conferences.EnqueueAsync(conference with { Trigger = Trigger.Replay }, lineage, token));
    }

    private Parsed<Replay> ReadRecording(ServiceBusReceivedMessage message)
    {
        if (!ReceivedRecording.Parse(message).Succeeded(out var slice, out var problem))
        {
            return problem;
        }

        var recording = slice.Message with { Again = true };
        var lineage = new Lineage($"{recording.ConferenceId}:replay:recordings:{message.SequenceNumber}", _clock.GetUtcNow())
        {
            KnownUnionIds = slice.Lineage.KnownUnionIds,
        };
        return new Replay(recording.ConferenceId, lineage.MessageId, token => _recordings.EnqueueAsync([new Slice(recording, lineage)], token));
    }

    // The two queues number their messages apart, so one number may name a message in each of them.
    private Lineage BeginReplay(FailedQueue queue, ServiceBusReceivedMessage message, ConferenceMessage conference)
    {
        var before = LineageProperties.Read(message.ApplicationProperties, conference.ConferenceId, message.EnqueuedTime);
        var kind = queue == FailedQueue.Poison ? "replay" : "replay:deadletter";
        return new Lineage($"{conference.ConferenceId}:{kind}:{message.SequenceNumber}", _clock.GetUtcNow())
        {
            EndedAtSource = before.EndedAtSource,
            // Its trigger gives way to that of a replay, and with it what the event had said.
            RecordingConfirmed = before.RecordingConfirmed,
            RecordingAnnounced = before.RecordingAnnounced || conference.Trigger == Trigger.RecordingReady,
        };
    }

    private sealed record Replay(string ConferenceId, string MessageId, Func<CancellationToken, Task> SendAsync);

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "{Replayed} of {Meant} messages are replayed from {Queue} by {Who}")]
        public static partial void Replayed(ILogger logger, int replayed, int meant, FailedQueue queue, string who);
    }
}
