using MeetingRecordings.Fetching;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Telemetry;

/// <summary>Tells what came of each look, in one line and in the metrics, once its message is settled.</summary>
/// <param name="logger">The log.</param>
public sealed partial class LookLog(ILogger<FetchRecordings> logger)
{
    /// <summary>Tells of a look.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="action">What was done.</param>
    public void Tell(string conferenceId, LookOutcome outcome, RecoveryAction action)
    {
        RecordingTelemetry.Looked(outcome, action);
        var error = (outcome as LookOutcome.Failed)?.Error;
        var failure = outcome is LookOutcome.NotStored store ? store.Failure : error is null ? null : Failure.Of(error);
        var (code, requestId) = (LogText.Of(failure?.Code), LogText.Of(failure?.RequestId));
        switch (action)
        {
            case RecoveryAction.LookAgain again:
                Log.LookingAgain(logger, conferenceId, outcome.Name, again.After, code, requestId);
                break;
            case RecoveryAction.Poison poison:
                Log.Poisoned(logger, conferenceId, LogText.Of(poison.Reason), code, requestId);
                break;
            case RecoveryAction.DeadLetter dead:
                Log.DeadLettered(logger, conferenceId, LogText.Of(dead.Reason), requestId);
                break;
            case var _ when outcome is LookOutcome.NotRecorded { Contradicted: true }:
                Log.NeverListed(logger, conferenceId);
                break;
            default:
                Log.Finished(logger, conferenceId, outcome is LookOutcome.NotRecorded ? "notRecorded" : "recorded");
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Conference {ConferenceId} is {Status}; nothing is left to do")]
        public static partial void Finished(ILogger logger, string conferenceId, string status);

        [LoggerMessage(
            101, LogLevel.Information, "Conference {ConferenceId}: {Outcome}; looking again after {After} (code {Code}, request {RequestId})")]
        public static partial void LookingAgain(
            ILogger logger, string conferenceId, string outcome, TimeSpan after, string? code, string? requestId);

        [LoggerMessage(102, LogLevel.Error, "Conference {ConferenceId} is poisoned: {Reason} (code {Code}, request {RequestId})")]
        public static partial void Poisoned(ILogger logger, string conferenceId, string? reason, string? code, string? requestId);

        [LoggerMessage(103, LogLevel.Error, "Conference {ConferenceId} is dead-lettered: {Reason} (request {RequestId})")]
        public static partial void DeadLettered(ILogger logger, string conferenceId, string? reason, string? requestId);

        [LoggerMessage(
            106,
            LogLevel.Warning,
            "Conference {ConferenceId} was recorded, says conference info, but no video was ever listed; its manifest says notRecorded")]
        public static partial void NeverListed(ILogger logger, string conferenceId);
    }
}
