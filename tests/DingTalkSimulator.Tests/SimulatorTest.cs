using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace DingTalkSimulator.Tests;

/// <summary>A simulator on a free port, and the product's own client for it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    protected const int QuickRetries = 1;

    private HttpClient? _clientHttp;

    protected FakeTimeProvider Clock { get; } = new(Now);

    protected SimulatorServer Server { get; private set; } = null!;

    protected Tenant Tenant => Server.Tenant;

    protected HttpClient Http { get; private set; } = null!;

    /// <summary>The product's client; it tries what faulted <see cref="QuickRetries"/> more times, at once.</summary>
    protected DingTalkClient Client { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await SimulatorServer.StartAsync(Configure(new SimulatorOptions { Clock = Clock }), Stop);
        Http = new HttpClient { BaseAddress = Server.BaseAddress };
        var options = new DingTalkOptions(Server.BaseAddress, Server.Options.AppKey, Server.Options.AppSecret)
        {
            QuickRetries = QuickRetries,
            QuickRetryDelay = TimeSpan.Zero,
        };
        _clientHttp = DingTalkHttp.CreateClient(options);
        var http = new DingTalkHttp(_clientHttp, options, Clock);
        Client = new DingTalkClient(http, new AccessTokens(http, options, Clock));
    }

    public async ValueTask DisposeAsync()
    {
        _clientHttp?.Dispose();
        Http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual SimulatorOptions Configure(SimulatorOptions options) => options;
}
