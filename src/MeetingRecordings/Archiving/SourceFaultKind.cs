namespace MeetingRecordings.Archiving;

/// <summary>What follows from a fault of a source.</summary>
internal enum SourceFaultKind
{
    /// <summary>Try again.</summary>
    Interrupted,

    /// <summary>Ask DingTalk for a new URL.</summary>
    Refused,

    /// <summary>Begin anew, with the file as it is now.</summary>
    Changed,

    /// <summary>Somebody must decide.</summary>
    NotAllowed,
}
