namespace MeetingRecordings.DingTalk;

/// <summary>What metered calls are made for. What is worth less waits first when the month runs short of calls.</summary>
public enum CallPurpose
{
    /// <summary>The files of recordings and what was said, of which the manifest tells already.</summary>
    Archive,

    /// <summary>A look at a conference.</summary>
    Look,

    /// <summary>A look at a conference whose recording DingTalk has announced.</summary>
    AnnouncedRecording,
}
