using System.Net.Http.Json;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// The access tokens of an internal app: kept while they last, fetched once however many ask at the same time, and renewed
/// ten minutes before they expire.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Obtain the access token of an internal app": repeats within the validity renew it.</remarks>
public sealed class AccessTokens(DingTalkHttp http, DingTalkOptions options, TimeProvider clock)
{
    private const string Path = "v1.0/oauth2/accessToken";
    private static readonly TimeSpan RefreshBeforeExpiry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(2);

    private readonly Lock _gate = new();
    private AccessToken? _current;
    private Task<ApiAnswer<AccessToken>>? _request;

    /// <summary>Gets a token that DingTalk should accept.</summary>
    /// <param name="cancellationToken">Stops the wait, not a request that others wait for too.</param>
    public async ValueTask<ApiAnswer<AccessToken>> GetAsync(CancellationToken cancellationToken)
    {
        Task<ApiAnswer<AccessToken>> request;
        AccessToken? usable;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_current is not null && now < _current.RefreshAt)
            {
                return new ApiAnswer<AccessToken>.Ok(_current);
            }

            usable = _current is not null && now < _current.ExpiresAt ? _current : null;
            request = _request ??= Task.Run(RequestAsync, CancellationToken.None);
        }

        var answer = await request.WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer is ApiAnswer<AccessToken>.Failed && usable is not null ? new ApiAnswer<AccessToken>.Ok(usable) : answer;
    }

    /// <summary>Forgets a token that DingTalk has refused. One that has been replaced meanwhile stays.</summary>
    /// <param name="refused">The token that was used.</param>
    public void Drop(AccessToken refused)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current, refused))
            {
                _current = null;
            }
        }
    }

    private async Task<ApiAnswer<AccessToken>> RequestAsync()
    {
        ApiAnswer<AccessToken>? answer = null;
        try
        {
            return answer = Read(await http.CallAsync(CreateRequest, DingTalkJsonContext.Default.AccessTokenBody, CancellationToken.None).ConfigureAwait(false));
        }
        finally
        {
            lock (_gate)
            {
                _request = null;
                _current = answer is ApiAnswer<AccessToken>.Ok ok ? ok.Value : _current;
            }
        }
    }

    private HttpRequestMessage CreateRequest() => new(HttpMethod.Post, Path)
    {
        Content = JsonContent.Create(
            new AccessTokenRequest(options.AppKey, options.AppSecret),
            DingTalkJsonContext.Default.AccessTokenRequest),
    };

    private ApiAnswer<AccessToken> Read(ApiAnswer<AccessTokenBody> answer)
    {
        if (answer is ApiAnswer<AccessTokenBody>.Failed failed)
        {
            return new ApiAnswer<AccessToken>.Failed(failed.Error);
        }

        var body = ((ApiAnswer<AccessTokenBody>.Ok)answer).Value;
        if (string.IsNullOrEmpty(body.AccessToken))
        {
            return new ApiAnswer<AccessToken>.Failed(new DingTalkError(TransportCodes.UnreadableBody, "The answer holds no accessToken."));
        }

        var lifetime = body.ExpireIn is > 0 and <= int.MaxValue ? TimeSpan.FromSeconds(body.ExpireIn.Value) : DefaultLifetime;
        var early = lifetime / 2 < RefreshBeforeExpiry ? lifetime / 2 : RefreshBeforeExpiry;
        var now = clock.GetUtcNow();
        return new ApiAnswer<AccessToken>.Ok(new AccessToken(body.AccessToken, now + lifetime - early, now + lifetime));
    }
}
