namespace MeetingRecordings.DingTalk;

/// <summary>How to call DingTalk. The secret is never printed.</summary>
/// <param name="BaseAddress">Where its API is. Default: <c>https://api.dingtalk.io</c>.</param>
/// <param name="AppKey">The key (client id) of an internal app; may be empty for a third-party one.</param>
/// <param name="AppSecret">The secret of an internal app; may be empty for a third-party one.</param>
public sealed record DingTalkOptions(Uri BaseAddress, string AppKey, string AppSecret)
{
    /// <summary>The longest that one HTTP call may take, its body included. Default: 8 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The quick tries after a first call that failed; 0 means none. Default: 2; with it all tries stay under half a message lock.</summary>
    public int QuickRetries { get; init; } = 2;

    /// <summary>The mean wait before the first quick try; it doubles. Default: 200 ms.</summary>
    public TimeSpan QuickRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The key of a third-party app; null for an internal one.</summary>
    public string? SuiteKey { get; init; }

    /// <summary>The secret of a third-party app.</summary>
    public string? SuiteSecret { get; init; }

    /// <summary>Which API gives access tokens. Default: that of the app's kind.</summary>
    public TokenApi TokenApi { get; init; }

    /// <summary>The most calls a second to each API, quick tries included. Default: 20, what DingTalk allows an app.</summary>
    public double CallsPerSecond { get; init; } = 20;

    /// <summary>The most metered calls in a calendar month, of all instances together; null means no limit of ours. Default: null.</summary>
    public int? CallsPerMonth { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"DingTalk at {BaseAddress} as {SuiteKey ?? AppKey}";
}
