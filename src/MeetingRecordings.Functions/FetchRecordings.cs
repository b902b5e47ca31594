using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions;

/// <summary>Looks at one conference: fetches its recordings from DingTalk and writes its manifest.</summary>
/// <param name="fetcher">Looks, and decides what follows.</param>
/// <param name="settlement">Does what was decided.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told.</param>
/// <param name="checkpoints">Told of every step. Default: nobody.</param>
public sealed partial class FetchRecordings(
    RecordingFetcher fetcher,
    MessageSettlement settlement,
    TimeProvider clock,
    ILogger<FetchRecordings> logger,
    ICheckpoints? checkpoints = null)
{
    /// <summary>Handles one message of the conference queue. An exception gives it back to be delivered again, until the broker dead-letters it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="actions">Settles it.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    [Function(nameof(FetchRecordings))]
    public async Task RunAsync(
        [ServiceBusTrigger("%ConferenceQueue%", Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        using var activity = RecordingTelemetry.Source.StartActivity("look at conference", ActivityKind.Internal, TraceOf(message));
        try
        {
            await LookAsync(message, actions, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            await AbandonAsync(message, e, actions, cancellationToken).ConfigureAwait(false);

            // The host must count a failure. It does not settle again what is settled.
            throw;
        }
    }

    private async Task LookAsync(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellationToken)
    {
        checkpoints?.Pass(Checkpoint.MessageReceived);
        if (ConferenceMessageJson.TryDeserialize(message.Body, out var conference) is { } problem)
        {
            Log.Malformed(logger, message.SequenceNumber, problem);
            await MessageSettlement.SettleMalformedAsync(message, problem, actions, cancellationToken).ConfigureAwait(false);
            return;
        }

        var lineage = LineageProperties
            .Read(message.ApplicationProperties, message.MessageId ?? conference.ConferenceId, message.EnqueuedTime)
            .ContinueFrom(message.SequenceNumber);
        RecordingTelemetry.LookBegins(clock.GetUtcNow() - message.EnqueuedTime);
        var result = await fetcher.FetchAsync(conference, lineage, cancellationToken).ConfigureAwait(false);
        await settlement.SettleAsync(message, result, actions, cancellationToken).ConfigureAwait(false);
        RecordingTelemetry.Looked(result);
        Tell(conference, result);
    }

    private static ActivityContext TraceOf(ServiceBusReceivedMessage message)
        => message.ApplicationProperties.TryGetValue(QueueProperties.TraceParent, out var value)
            && ActivityContext.TryParse(value as string, null, isRemote: true, out var context) ? context : default;

    private async Task AbandonAsync(
        ServiceBusReceivedMessage message,
        Exception exception,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        try
        {
            await settlement.AbandonAsync(message, exception, actions, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Its lock has ended, or will: the broker delivers it again by itself.
            Log.NotAbandoned(logger, message.SequenceNumber, exception.GetType().Name, e);
        }
    }

    private void Tell(ConferenceMessage conference, FetchResult result)
    {
        var error = (result.Outcome as LookOutcome.Failed)?.Error;
        var (code, requestId) = (LogText.Of(error?.Code), LogText.Of(error?.RequestId));
        switch (result.Action)
        {
            case RecoveryAction.LookAgain again:
                Log.LookingAgain(logger, conference.ConferenceId, result.Outcome.GetType().Name, again.After, code, requestId);
                break;
            case RecoveryAction.Poison poison:
                Log.Poisoned(logger, conference.ConferenceId, LogText.Of(poison.Reason), code, requestId);
                break;
            case RecoveryAction.DeadLetter dead:
                Log.DeadLettered(logger, conference.ConferenceId, LogText.Of(dead.Reason), requestId);
                break;
            case RecoveryAction.FinishNotRecorded { Contradicted: true }:
                Log.NeverListed(logger, conference.ConferenceId);
                break;
            default:
                Log.Finished(logger, conference.ConferenceId, result.Action is RecoveryAction.FinishNotRecorded ? "notRecorded" : "recorded");
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Conference {ConferenceId} is {Status}; nothing is left to do")]
        public static partial void Finished(ILogger logger, string conferenceId, string status);

        [LoggerMessage(101, LogLevel.Information, "Conference {ConferenceId}: {Outcome}; looking again after {After} (code {Code}, request {RequestId})")]
        public static partial void LookingAgain(ILogger logger, string conferenceId, string outcome, TimeSpan after, string? code, string? requestId);

        [LoggerMessage(102, LogLevel.Error, "Conference {ConferenceId} is poisoned: {Reason} (code {Code}, request {RequestId})")]
        public static partial void Poisoned(ILogger logger, string conferenceId, string? reason, string? code, string? requestId);

        [LoggerMessage(103, LogLevel.Error, "Conference {ConferenceId} is dead-lettered: {Reason} (request {RequestId})")]
        public static partial void DeadLettered(ILogger logger, string conferenceId, string? reason, string? requestId);

        [LoggerMessage(104, LogLevel.Error, "Message {SequenceNumber} is dead-lettered as malformed: {Problem}")]
        public static partial void Malformed(ILogger logger, long sequenceNumber, string problem);

        [LoggerMessage(106, LogLevel.Warning, "Conference {ConferenceId} was recorded, says conference info, but no video was ever listed; its manifest says notRecorded")]
        public static partial void NeverListed(ILogger logger, string conferenceId);

        [LoggerMessage(105, LogLevel.Warning, "Message {SequenceNumber}, which failed with {ExceptionType}, could not be given back; its lock runs out")]
        public static partial void NotAbandoned(ILogger logger, long sequenceNumber, string exceptionType, Exception exception);
    }
}
