namespace DingTalkSimulator.Meetings;

/// <summary>How getVideos and getTexts say that there is nothing. DingTalk does not document which.</summary>
public enum NothingFound
{
    /// <summary><c>cloudRecordNotFound</c>.</summary>
    Error,

    /// <summary><c>cloudRecordNotFound%!(EXTRA string=50513)</c>, as somebody has seen it.</summary>
    ErrorWithJunk,

    /// <summary>An empty list.</summary>
    EmptyList,
}
