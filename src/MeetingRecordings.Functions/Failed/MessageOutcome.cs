using System.Text.Json.Serialization;

namespace MeetingRecordings.Functions.Failed;

/// <summary>What was done with a message.</summary>
public enum MessageOutcome
{
    /// <summary>It is on the conference queue again, and gone from where it lay.</summary>
    [JsonStringEnumMemberName("replayed")]
    Replayed,

    /// <summary>It would have been replayed.</summary>
    [JsonStringEnumMemberName("wouldReplay")]
    WouldReplay,

    /// <summary>It is on the conference queue again, but its copy could not be removed: drop it. A replay within ten minutes does no harm.</summary>
    [JsonStringEnumMemberName("replayedNotRemoved")]
    ReplayedNotRemoved,

    /// <summary>It is gone for good.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>There is no such message, or somebody else settled it meanwhile.</summary>
    [JsonStringEnumMemberName("notFound")]
    NotFound,

    /// <summary>Another receiver holds it, an operator's other call perhaps: nothing was done; try again in a minute.</summary>
    [JsonStringEnumMemberName("locked")]
    Locked,

    /// <summary>Too many others lie before it: nothing was done; replay or drop those first.</summary>
    [JsonStringEnumMemberName("outOfReach")]
    OutOfReach,

    /// <summary>Its body is no conference message: nothing was done; it can only be dropped.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,

    /// <summary>Service Bus did not take it: nothing was done.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
