namespace MeetingRecordings.DingTalk;

/// <summary>What an error code of DingTalk's means for the conference at hand.</summary>
public enum ErrorClass
{
    /// <summary>Likely to pass: try again, and give up into the poison queue.</summary>
    Faulted,

    /// <summary>There is no recording yet, or there never will be.</summary>
    NotReady,

    /// <summary>Nobody knows what DingTalk means by it: wait as for a recording, then ask an operator.</summary>
    Unclear,

    /// <summary>We call too often: wait at least a second. Such an answer is not metered.</summary>
    Throttled,

    /// <summary>Too much is asked of DingTalk: wait at least a second, but not for ever, for the answer may be metered.</summary>
    Busy,

    /// <summary>A limit that may never pass: try again as after a fault, but not at once.</summary>
    Limited,

    /// <summary>We call too often for this minute: wait at least a minute.</summary>
    ThrottledForAMinute,

    /// <summary>DingTalk has banned our address: wait five minutes.</summary>
    Banned,

    /// <summary>The month's calls are used up.</summary>
    QuotaExhausted,

    /// <summary>The access token is not, or no longer, valid.</summary>
    InvalidToken,

    /// <summary>The user in whose name DingTalk was asked is unknown or may not see the recordings; another may.</summary>
    UnknownUser,

    /// <summary>It will never work until somebody changes something.</summary>
    Rejected,
}
