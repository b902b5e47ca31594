using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Queues;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Archives one file for a while, or what was said; decides what follows, and settles the message.</summary>
public sealed class ArchiveRecording(
    RecordingArchiver files,
    TranscriptArchiver transcripts,
    ArchivePolicy policy,
    MessageSettlement settlement,
    ArchiveLog log,
    TimeProvider clock,
    Random random)
{
    /// <summary>Handles one message of the recording queue. An exception gives it back, until the broker dead-letters it.</summary>
    [Function(nameof(ArchiveRecording))]
    public async Task RunAsync(
        [ServiceBusTrigger("%RecordingQueue%", Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        using var activity = ReceivedRecording.StartActivity(message);
        try
        {
            if (!ReceivedRecording.Parse(message).Succeeded(out var slice, out var problem))
            {
                await settlement.SettleMalformedAsync(message, problem, actions, cancellationToken);
                return;
            }

            var result = await (slice.Message.MediaId is null
                ? transcripts.RunAsync(slice, cancellationToken)
                : files.RunAsync(slice, cancellationToken));
            var context = new LookContext(Trigger.RecordingReady, result.Slice.Lineage, clock.GetUtcNow(), random.NextDouble());
            var action = policy.Decide(result, context with { IsRedelivery = message.DeliveryCount > 1 });
            await settlement.SettleAsync(message, result.Slice.Message, action, actions, cancellationToken);
            log.Tell(result, action);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            await settlement.AbandonAsync(message, e, actions, cancellationToken);

            // The host must count a failure. It does not settle again what is settled.
            throw;
        }
    }
}
