namespace MeetingRecordings.DingTalk;

/// <summary>Knows the access tokens of each organisation.</summary>
public interface ITokenSource
{
    /// <summary>The tokens with which to call in an organisation.</summary>
    /// <param name="corpId">The organisation; null where it is not known.</param>
    AccessTokens InCorp(string? corpId);
}
