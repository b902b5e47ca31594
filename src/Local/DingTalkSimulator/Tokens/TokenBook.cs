using System.Collections.Concurrent;

namespace DingTalkSimulator.Tokens;

/// <summary>The access tokens that DingTalk has given out, and until when they hold.</summary>
internal sealed class TokenBook(TimeProvider clock)
{
    /// <summary>How long a token holds from when it was last given out.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _current = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);

    /// <summary>Gives the token of an app, renewed while it holds, else a new one.</summary>
    /// <param name="app">The app's key.</param>
    public string Renew(string app)
    {
        lock (_gate)
        {
            var token = _current.TryGetValue(app, out var current) && IsValid(current) ? current : NewToken();
            _expiries[token] = clock.GetUtcNow() + Lifetime;
            return _current[app] = token;
        }
    }

    /// <summary>Gives a new token beside those that hold.</summary>
    public string Issue()
    {
        var token = NewToken();
        _expiries[token] = clock.GetUtcNow() + Lifetime;
        return token;
    }

    /// <summary>Whether a token holds.</summary>
    public bool IsValid(string token) => _expiries.TryGetValue(token, out var expiry) && clock.GetUtcNow() < expiry;

    /// <summary>Makes every token invalid.</summary>
    public void Revoke() => _expiries.Clear();

    private static string NewToken() => Guid.NewGuid().ToString("N");
}
