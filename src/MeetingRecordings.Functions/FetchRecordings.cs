using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Telemetry;
using MeetingRecordings.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Looks at one conference: finds its recordings, writes its manifest, decides what follows, and settles its message.</summary>
public sealed class FetchRecordings(
    RecordingFinder finder,
    ManifestKeeper manifests,
    ArchiveRequests archive,
    RecoveryPolicy policy,
    MessageSettlement settlement,
    LookLog log,
    TimeProvider clock,
    Random random)
{
    /// <summary>Handles one message of the conference queue. An exception gives it back, until the broker dead-letters it.</summary>
    [Function(nameof(FetchRecordings))]
    public async Task RunAsync(
        [ServiceBusTrigger("%ConferenceQueue%", Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        using var activity = ReceivedConference.StartActivity(message);
        try
        {
            if (!ReceivedConference.Parse(message).Succeeded(out var look, out var problem))
            {
                await settlement.SettleMalformedAsync(message, problem, actions, cancellationToken);
                return;
            }

            RecordingTelemetry.LookBegins(clock.GetUtcNow() - message.EnqueuedTime);
            var finding = await finder.FindAsync(look, cancellationToken);
            var outcome = await manifests.WriteDownAsync(finding, cancellationToken);
            await archive.RequestAsync(finding, outcome, cancellationToken);
            var context = LookContext.Of(finding.Look, clock.GetUtcNow(), random.NextDouble());
            var action = policy.Decide(outcome, context with { IsRedelivery = message.DeliveryCount > 1 });
            await settlement.SettleAsync(message, finding.Look.Message, action, actions, cancellationToken);
            log.Tell(finding, outcome, action);
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
