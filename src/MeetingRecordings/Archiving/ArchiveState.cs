using System.Text.Json.Serialization;

namespace MeetingRecordings.Archiving;

/// <summary>What became of a recording.</summary>
public enum ArchiveState
{
    /// <summary>Its file is in the archive, whole.</summary>
    [JsonStringEnumMemberName("archived")]
    Archived,

    /// <summary>The settings do not want it.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>DingTalk does not have it any more.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,
}
