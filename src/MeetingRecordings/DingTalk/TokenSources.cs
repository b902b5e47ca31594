namespace MeetingRecordings.DingTalk;

/// <summary>Chooses how access tokens are got.</summary>
public static class TokenSources
{
    /// <summary>
    /// Makes the source for an app: with a suite key it is a third-party app with a token for each organisation, else an internal
    /// one with a single token; the unified API has a token for each organisation either way.
    /// </summary>
    /// <param name="http">Calls DingTalk.</param>
    /// <param name="options">The app's keys and which API to use.</param>
    /// <param name="suiteTickets">Where a third-party app's ticket is kept; may be null for others.</param>
    /// <param name="clock">The time.</param>
    public static ITokenSource Create(DingTalkHttp http, DingTalkOptions options, ISuiteTicketStore? suiteTickets, TimeProvider clock)
    {
        var requests = new TokenRequests(http, options, suiteTickets);
        return (options.TokenApi, options.SuiteKey) switch
        {
            (TokenApi.Unified, _) => new CorpTokens(corpId => () => requests.RequestUnifiedAsync(corpId), clock),
            (_, not null) => new CorpTokens(corpId => () => requests.RequestThirdPartyAsync(corpId), clock),
            _ => new AccessTokens(requests.RequestInternalAsync, clock),
        };
    }
}
