namespace MeetingRecordings.DingTalk;

/// <summary>The APIs of DingTalk's that are called. DingTalk limits the calls of each apart from the others.</summary>
internal enum DingTalkApi
{
    /// <summary>Access tokens.</summary>
    Token,

    /// <summary>The videos of a conference.</summary>
    GetVideos,

    /// <summary>What is known of a conference.</summary>
    ConferenceInfo,

    /// <summary>The pushes that failed.</summary>
    FailedPushes,

    /// <summary>Where a video can be fetched.</summary>
    PlayInfos,

    /// <summary>What was said in a conference.</summary>
    Texts,
}
