namespace DingTalkSimulator;

/// <summary>What is asked of DingTalk's API.</summary>
public enum ApiOperation
{
    /// <summary><c>POST /v1.0/oauth2/accessToken</c>.</summary>
    AccessToken,

    /// <summary><c>POST /v1.0/oauth2/corpAccessToken</c>.</summary>
    CorpAccessToken,

    /// <summary><c>POST /v1.0/oauth2/{corpId}/token</c>.</summary>
    UnifiedToken,

    /// <summary><c>GET /v1.0/conference/videoConferences/{conferenceId}/cloudRecords/getVideos</c>.</summary>
    GetVideos,

    /// <summary><c>GET /v1.0/conference/videoConferences/{conferenceId}</c>.</summary>
    ConferenceInfo,

    /// <summary><c>GET /call_back/get_call_back_failed_result</c>.</summary>
    FailedPushes,

    /// <summary><c>GET /v1.0/conference/roomCodes/{roomCode}/infos</c>.</summary>
    RoomCodeInfos,

    /// <summary><c>GET /v1.0/conference/videoConferences/{conferenceId}/cloudRecords/videos/getPlayInfos</c>.</summary>
    PlayInfos,

    /// <summary><c>GET /v1.0/conference/videoConferences/{conferenceId}/cloudRecords/getTexts</c>.</summary>
    Texts,

    /// <summary>A path that DingTalk does not have.</summary>
    Unknown,
}
