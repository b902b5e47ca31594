using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Where messages lie that have failed.</summary>
public enum FailedQueue
{
    /// <summary>The poison queue: DingTalk's failures, to be replayed once DingTalk has recovered.</summary>
    [JsonStringEnumMemberName("poison")]
    Poison,

    /// <summary>The conference queue's dead-letter queue: something must be mended first, then they can be replayed.</summary>
    [JsonStringEnumMemberName("deadletter")]
    DeadLetter,

    /// <summary>The recording queue's dead-letter queue: recordings that could not be archived.</summary>
    [JsonStringEnumMemberName("recordings")]
    Recordings,
}
