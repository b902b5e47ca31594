namespace MeetingRecordings.DingTalk.Wire;

/// <summary>A request for the access token of an internal app.</summary>
internal sealed record AccessTokenRequest(string AppKey, string AppSecret);
