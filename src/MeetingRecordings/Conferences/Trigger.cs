using System.Text.Json.Serialization;

namespace MeetingRecordings.Conferences;

/// <summary>Why a conference is looked at.</summary>
public enum Trigger
{
    /// <summary>DingTalk or another system said that the meeting has ended.</summary>
    [JsonStringEnumMemberName("meetingEnded")]
    MeetingEnded,

    /// <summary>DingTalk said that a recording's video has been made.</summary>
    [JsonStringEnumMemberName("recordingReady")]
    RecordingReady,

    /// <summary>The second look at a conference whose recordings are known: the first list may not have been the last.</summary>
    [JsonStringEnumMemberName("recheck")]
    Recheck,

    /// <summary>An operator asked for an old conference.</summary>
    [JsonStringEnumMemberName("backfill")]
    Backfill,

    /// <summary>An operator replayed a poisoned or dead-lettered message.</summary>
    [JsonStringEnumMemberName("replay")]
    Replay,
}
