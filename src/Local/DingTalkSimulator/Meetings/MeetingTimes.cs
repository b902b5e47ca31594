namespace DingTalkSimulator.Meetings;

/// <summary>
/// When what becomes of a recording, counted from the meeting's end. DingTalk documents none of it. Default: all at once.
/// </summary>
public sealed record MeetingTimes
{
    /// <summary>When <c>cloudRecordStatus</c> becomes 3. Default: at the end.</summary>
    public TimeSpan RecordingEndsAfter { get; init; }

    /// <summary>When the first segment is made. Default: at the end.</summary>
    public TimeSpan FirstVideoAfter { get; init; }

    /// <summary>How long after each segment the next one is made. Default: at the same time.</summary>
    public TimeSpan NextVideoAfter { get; init; }

    /// <summary>When the segments are merged into a composed file, listed beside them. Default: null, never.</summary>
    public TimeSpan? MergedAfter { get; init; }

    /// <summary>When the summary is made. Default: at the end.</summary>
    public TimeSpan SummaryAfter { get; init; }

    /// <summary>How long after it was made getVideos lists a video. Default: at once.</summary>
    public TimeSpan ListedAfter { get; init; }

    /// <summary>How long after it happened an event is pushed. Default: at once.</summary>
    public TimeSpan PushedAfter { get; init; }
}
