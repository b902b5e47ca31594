namespace MeetingRecordings.DingTalk;

/// <summary>Knows the access tokens of each organisation.</summary>
public interface ITokenSource
{
    /// <summary>The tokens with which to call in an organisation.</summary>
    /// <param name="corpId">The organisation; null where it is not known.</param>
    AccessTokens InCorp(string? corpId);

    /// <summary>Tries whether tokens can be had, in the organisation that was asked for last where there are several.</summary>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The error; null where they can be had, or where no organisation was asked for yet.</returns>
    Task<DingTalkError?> ProbeAsync(CancellationToken cancellationToken);
}
