using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MeetingRecordings.DingTalk.Wire;

namespace MeetingRecordings.DingTalk;

/// <summary>DingTalk's three ways to give an access token.</summary>
/// <remarks>
/// Source: DingTalk open platform, "Obtain the access token of an internal app", "… of an authorised organisation" and "Obtain the
/// token of an app".
/// </remarks>
internal sealed class TokenRequests(DingTalkHttp http, DingTalkOptions options, ISuiteTicketStore? suiteTickets)
{
    /// <summary>The token of an internal app.</summary>
    public Task<ApiAnswer<AccessTokenBody>> RequestInternalAsync()
        => PostAsync(
            "v1.0/oauth2/accessToken",
            new AccessTokenRequest(options.AppKey, options.AppSecret),
            DingTalkJsonContext.Default.AccessTokenRequest,
            DingTalkJsonContext.Default.AccessTokenBody);

    /// <summary>The token of a third-party app in an organisation that has authorised it.</summary>
    public async Task<ApiAnswer<AccessTokenBody>> RequestThirdPartyAsync(string corpId)
    {
        SuiteTicket? ticket;
        try
        {
            ticket = suiteTickets is null ? null : await suiteTickets.GetAsync(options.SuiteKey!, CancellationToken.None);
        }
        catch (Exception e)
        {
            return NoTicket($"The suite ticket cannot be read: {e.GetType().Name}.");
        }

        return ticket is null
            ? NoTicket("DingTalk has pushed no suite ticket yet.")
            : await PostAsync(
                "v1.0/oauth2/corpAccessToken",
                new CorpTokenRequest(options.SuiteKey!, options.SuiteSecret!, corpId, ticket.Value),
                DingTalkJsonContext.Default.CorpTokenRequest,
                DingTalkJsonContext.Default.AccessTokenBody);
    }

    /// <summary>The token of either kind of app in an organisation, by the unified API.</summary>
    public async Task<ApiAnswer<AccessTokenBody>> RequestUnifiedAsync(string corpId)
        => (await PostAsync(
            $"v1.0/oauth2/{Uri.EscapeDataString(corpId)}/token",
            new UnifiedTokenRequest(options.SuiteKey ?? options.AppKey, options.SuiteSecret ?? options.AppSecret),
            DingTalkJsonContext.Default.UnifiedTokenRequest,
            DingTalkJsonContext.Default.UnifiedTokenBody)).Map(static body => new AccessTokenBody(body.AccessToken, body.ExpiresIn));

    private static ApiAnswer<AccessTokenBody>.Failed NoTicket(string message) => new(new DingTalkError(TransportCodes.NoSuiteTicket, message));

    // Whole, with its length: JsonContent would be sent in chunks.
    private static ByteArrayContent ToContent<TBody>(TBody body, JsonTypeInfo<TBody> bodyType)
        => new(JsonSerializer.SerializeToUtf8Bytes(body, bodyType)) { Headers = { ContentType = new("application/json", "utf-8") } };

    private Task<ApiAnswer<TAnswer>> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType)
        where TAnswer : class
        => http.CallAsync(
            DingTalkApi.Token,
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = ToContent(body, bodyType) },
            answerType,
            CancellationToken.None);
}
