namespace MeetingRecordings.DingTalk.Wire;

/// <summary>A request for the access token of a third-party app in one organisation.</summary>
internal sealed record CorpTokenRequest(string SuiteKey, string SuiteSecret, string AuthCorpId, string SuiteTicket);
