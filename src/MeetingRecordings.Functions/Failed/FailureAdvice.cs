using MeetingRecordings.Archiving;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Functions.Failed;

/// <summary>What the reason of a failed message means, and what to do. The tables of docs/operations.md say the same.</summary>
public static class FailureAdvice
{
    /// <summary>The app's and Service Bus's own reasons; DingTalk's codes stand in <see cref="ErrorTable"/>.</summary>
    internal static IReadOnlyDictionary<string, string> OwnReasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [PoisonReasons.RetriesSpent] =
            "Every wait was followed by another fault; the code says which. "
            + "Replay when it has passed. manifestStore.… is Blob Storage's code, not DingTalk's: manifestStore.unreadable means that a blob "
            + "lies in the manifest's place that is none, or another conference's; move it away, then replay. recordingStore.… is Blob "
            + "Storage's code for the archive, source.… that of where DingTalk keeps the file.",
        [PoisonReasons.RecordingMissing] =
            "DingTalk has announced a finished video by its event, and has listed none to the end of the readiness ladder; "
            + "no manifest holds one from before. Look in DingTalk whether it is there. Was it deleted, drop the message. "
            + "Is it there, report the meeting with the unionId of its owner, or replay.",
        [PoisonReasons.QuotaExhausted] = "The month's calls are spent. Buy more or wait for the first of the month, then replay.",
        [PoisonReasons.MaxAgeExceeded] = "It was waited for as long as Recovery__MaxAge (7 days). Replay: it begins anew.",
        ["malformed"] =
            "The message is no conference message that the app can read. Look at who sent it, report the meeting again, then drop the message.",
        ["MaxDeliveryCountExceeded"] =
            "Ten deliveries of this message came to nothing. exception-type and exceptions in the workbook name a fault of the app's; "
            + "exited with code 139 or 134 a crash of .NET. Without either the platform ended the invocations: replay.",
        ["TTLExpiredException"] = "Nobody processed it for 14 days. Replay it once the app runs.",
    };

    /// <summary>The advice for a reason; null where none is known.</summary>
    /// <param name="reason">One of <see cref="PoisonReasons"/>, or a dead-letter reason: DingTalk's code, the app's or Service Bus's own.</param>
    public static string? Of(string? reason)
        => reason is null ? null : OwnReasons.GetValueOrDefault(reason) ?? ArchiveReasons.Advice.GetValueOrDefault(reason) ?? ErrorTable.FixOf(reason);
}
