using MeetingRecordings.DingTalk.Wire;

namespace MeetingRecordings.DingTalk;

/// <summary>
/// The access tokens of an app, in one organisation where it has several: kept while they last, fetched once however many ask
/// at the same time, and renewed ten minutes before they expire.
/// </summary>
/// <remarks>Source: DingTalk open platform, "Obtain the access token of an internal app": repeats within the validity renew it.</remarks>
public sealed class AccessTokens : ITokenSource
{
    private const int MaxTokenLength = 8 * 1024;
    private static readonly TimeSpan RefreshBeforeExpiry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(2);

    private readonly Func<Task<ApiAnswer<AccessTokenBody>>> _send;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private AccessToken? _current;
    private Task<ApiAnswer<AccessToken>>? _request;

    /// <summary>Creates the tokens of an internal app.</summary>
    /// <param name="http">Calls DingTalk.</param>
    /// <param name="options">The app's key and secret.</param>
    /// <param name="clock">The time.</param>
    public AccessTokens(DingTalkHttp http, DingTalkOptions options, TimeProvider clock)
        : this(new TokenRequests(http, options, null).RequestInternalAsync, clock)
    {
    }

    internal AccessTokens(Func<Task<ApiAnswer<AccessTokenBody>>> send, TimeProvider clock)
    {
        _send = send;
        _clock = clock;
    }

    /// <summary>These: they are good in whichever organisation their app is called.</summary>
    public AccessTokens InCorp(string? corpId) => this;

    /// <inheritdoc />
    public async Task<DingTalkError?> ProbeAsync(CancellationToken cancellationToken) => (await GetAsync(cancellationToken)).Error;

    /// <summary>Gets a token that DingTalk should accept.</summary>
    /// <param name="cancellationToken">Stops the wait, not a request that others wait for too.</param>
    public async ValueTask<ApiAnswer<AccessToken>> GetAsync(CancellationToken cancellationToken)
    {
        Task<ApiAnswer<AccessToken>> request;
        AccessToken? usable;
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            if (_current is not null && now < _current.RefreshAt)
            {
                return new ApiAnswer<AccessToken>.Ok(_current);
            }

            usable = _current is not null && now < _current.ExpiresAt ? _current : null;
            request = _request ??= Task.Run(RequestAsync, CancellationToken.None);
        }

        var answer = await request.WaitAsync(cancellationToken);
        return answer.Error is not null && usable is not null ? new ApiAnswer<AccessToken>.Ok(usable) : answer;
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
            return answer = Read(await _send());
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

    private static bool CanBeHeader(string token) => token.Length <= MaxTokenLength && !token.AsSpan().ContainsAnyExceptInRange('!', '~');

    private ApiAnswer<AccessToken> Read(ApiAnswer<AccessTokenBody> answer)
    {
        if (answer is ApiAnswer<AccessTokenBody>.Ok { Value.AccessToken: null or "" })
        {
            return new ApiAnswer<AccessToken>.Failed(new DingTalkError(TransportCodes.UnreadableBody, "The answer holds no accessToken."));
        }

        if (answer is ApiAnswer<AccessTokenBody>.Ok { Value.AccessToken: { } token } && !CanBeHeader(token))
        {
            return new ApiAnswer<AccessToken>.Failed(
                new DingTalkError(TransportCodes.UnreadableBody, "The answer's accessToken cannot be the value of a header."));
        }

        return answer.Map(body =>
        {
            var lifetime = body.ExpireIn is > 0 and <= int.MaxValue ? TimeSpan.FromSeconds(body.ExpireIn.Value) : DefaultLifetime;
            var early = lifetime / 2 < RefreshBeforeExpiry ? lifetime / 2 : RefreshBeforeExpiry;
            var now = _clock.GetUtcNow();
            return new AccessToken(body.AccessToken!, now + lifetime - early, now + lifetime);
        });
    }
}
