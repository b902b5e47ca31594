using MeetingRecordings.Archiving;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Telemetry;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Archive;

/// <summary>Tells what came of each slice, in one line and in the metrics, once its message is settled.</summary>
/// <param name="logger">The log.</param>
public sealed partial class ArchiveLog(ILogger<ArchiveRecording> logger)
{
    /// <summary>Tells of a slice.</summary>
    /// <param name="result">What it has come to.</param>
    /// <param name="action">What was done.</param>
    public void Tell(SliceResult result, RecoveryAction action)
    {
        RecordingTelemetry.Sliced(result.Outcome, action);
        var (conferenceId, mediaId) = (result.Slice.Message.ConferenceId, LogText.Of(result.Slice.Message.MediaId) ?? "transcript");
        var failure = FailureOf(result.Outcome);
        var (code, requestId) = (LogText.Of(failure?.Code), LogText.Of(failure?.RequestId));
        switch (action)
        {
            case RecoveryAction.LookAgain again:
                Log.GoingOn(logger, conferenceId, mediaId, result.Outcome.Name, result.NewBlocks, again.After, code, requestId);
                break;
            case RecoveryAction.Poison { Reason: var reason }:
                Log.DeadLettered(logger, conferenceId, mediaId, LogText.Of(reason), code, requestId);
                break;
            case RecoveryAction.DeadLetter { Reason: var reason }:
                Log.DeadLettered(logger, conferenceId, mediaId, LogText.Of(reason), code, requestId);
                break;
            case var _ when result.Outcome is SliceOutcome.Gone:
                Log.Gone(logger, conferenceId, mediaId);
                break;
            default:
                Log.Finished(logger, conferenceId, mediaId, result.Outcome switch
                {
                    SliceOutcome.Skipped skipped => $"skipped ({skipped.Reason})",
                    SliceOutcome.Archived archived => $"archived ({archived.Bytes} bytes)",
                    SliceOutcome.Transcribed { Truncated: true } => "archived without its end, for it has too many pages",
                    SliceOutcome.Transcribed transcribed => $"archived ({transcribed.Bytes} bytes)",
                    SliceOutcome.Silent silent => silent.KnowsNone ? "not there: DingTalk knows of no text" : "empty: nobody spoke",
                    _ => "settled",
                });
                break;
        }
    }

    private static Failure? FailureOf(SliceOutcome outcome) => outcome switch
    {
        SliceOutcome.Failed failed => Failure.Of(failed.Error),
        SliceOutcome.Refused refused => refused.Failure,
        SliceOutcome.Interrupted interrupted => interrupted.Failure,
        SliceOutcome.Unusable unusable => unusable.Failure,
        SliceOutcome.NotStored store => store.Failure,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information, "Recording {MediaId} of conference {ConferenceId} is {State}; nothing is left to do")]
        public static partial void Finished(ILogger logger, string conferenceId, string mediaId, string state);

        [LoggerMessage(
            111,
            LogLevel.Information,
            "Recording {MediaId} of conference {ConferenceId}: {Outcome}, {NewBlocks} new blocks; going on after {After} (code {Code}, request {RequestId})")]
        public static partial void GoingOn(
            ILogger logger, string conferenceId, string mediaId, string outcome, int newBlocks, TimeSpan after, string? code, string? requestId);

        [LoggerMessage(
            112,
            LogLevel.Error,
            "Recording {MediaId} of conference {ConferenceId} is dead-lettered: {Reason} (code {Code}, request {RequestId})")]
        public static partial void DeadLettered(
            ILogger logger, string conferenceId, string mediaId, string? reason, string? code, string? requestId);

        [LoggerMessage(
            113, LogLevel.Warning, "Recording {MediaId} of conference {ConferenceId} is gone: DingTalk has said so twice, a day apart")]
        public static partial void Gone(ILogger logger, string conferenceId, string mediaId);
    }
}
