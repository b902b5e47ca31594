using Microsoft.Extensions.Logging;

namespace DingTalkSimulator;

/// <summary>Who the simulated DingTalk knows, and how it pushes.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port on 127.0.0.1. Default: 0, any free one.</summary>
    public int Port { get; init; }

    /// <summary>The app's key. Default: <see cref="DevelopmentCredentials.AppKey"/>.</summary>
    public string AppKey { get; init; } = DevelopmentCredentials.AppKey;

    /// <summary>The app's secret. Default: <see cref="DevelopmentCredentials.AppSecret"/>.</summary>
    public string AppSecret { get; init; } = DevelopmentCredentials.AppSecret;

    /// <summary>The token that signs pushes. Default: <see cref="DevelopmentCredentials.CallbackToken"/>.</summary>
    public string CallbackToken { get; init; } = DevelopmentCredentials.CallbackToken;

    /// <summary>The key that encrypts pushes, 43 letters and digits. Default: <see cref="DevelopmentCredentials.EncodingAesKey"/>.</summary>
    public string EncodingAesKey { get; init; } = DevelopmentCredentials.EncodingAesKey;

    /// <summary>The organisation. Default: <see cref="DevelopmentCredentials.CorpId"/>.</summary>
    public string CorpId { get; init; } = DevelopmentCredentials.CorpId;

    /// <summary>The key of a third-party app. Default: null, there is none.</summary>
    public string? SuiteKey { get; init; }

    /// <summary>The secret of the third-party app.</summary>
    public string? SuiteSecret { get; init; }

    /// <summary>
    /// The ticket that the third-party app must show at first. Default: <see cref="DevelopmentCredentials.SuiteTicket"/>.
    /// </summary>
    public string SuiteTicket { get; init; } = DevelopmentCredentials.SuiteTicket;

    /// <summary>Where events are pushed to at first, see <see cref="Pushing.EventPusher.CallbackUrl"/>. Default: null, nowhere.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>How long a push may take before it counts as failed. Default: 2.5 s, as DingTalk documents.</summary>
    public TimeSpan PushTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>The waits before each further try of a push that failed. Default: 10 s, then 30 s, as DingTalk documents.</summary>
    public IReadOnlyList<TimeSpan> PushRetries { get; init; } = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    /// <summary>
    /// How often the third-party app gets a new ticket by itself, from the start on; zero for never. Default: 5 h, as DingTalk documents.
    /// </summary>
    public TimeSpan SuiteTicketEvery { get; init; } = TimeSpan.FromHours(5);

    /// <summary>How many calls, and how many tries of pushes, the ledger keeps in full. Default: 100,000.</summary>
    public int LedgerCapacity { get; init; } = 100_000;

    /// <summary>How DingTalk treats the organisation and its meetings at first, see <see cref="Tenant.Traits"/>.</summary>
    public TenantTraits Traits { get; init; } = new();

    /// <summary>The time. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where Kestrel logs. Default: null, nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"the simulator's options for {AppKey}";
}
