namespace MeetingRecordings.Archiving;

/// <summary>Which of a recording's files are archived, as the setting <c>Archive__Videos</c> names them.</summary>
public enum ArchivedVideos
{
    /// <summary>Every file.</summary>
    All,

    /// <summary>Only those that DingTalk has put together from the parts of a recording.</summary>
    Composed,
}
