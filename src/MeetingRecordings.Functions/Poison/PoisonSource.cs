using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Poison;

/// <summary>Where messages lie that were given up.</summary>
public enum PoisonSource
{
    /// <summary>The poison queue: DingTalk's failures, to be replayed once DingTalk has recovered.</summary>
    [JsonStringEnumMemberName("poison")]
    Poison,

    /// <summary>The conference queue's dead-letter queue: something must be mended first, then they can be replayed.</summary>
    [JsonStringEnumMemberName("deadletter")]
    DeadLetter,
}
