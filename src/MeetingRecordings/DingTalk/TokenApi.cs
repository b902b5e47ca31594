namespace MeetingRecordings.DingTalk;

/// <summary>Which of DingTalk's APIs gives access tokens.</summary>
public enum TokenApi
{
    /// <summary>The API of the app's kind: that of internal apps, or that of third-party apps, which needs the suite ticket.</summary>
    AccessToken,

    /// <summary>The newer API of both kinds, which needs the organisation and no ticket.</summary>
    Unified,
}
