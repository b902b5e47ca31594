using System.Net.Http.Json;
using System.Text.Json;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;
using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Tests;

/// <summary>A simulator on a free port, and the product's own client for it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    protected const int QuickRetries = 1;

    private HttpClient? _clientHttp;

    protected NotingClock Clock { get; } = new(Now);

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

    protected async Task<DingTalkError> GetErrorAsync(SimulatedConference conference)
        => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await GetVideosAsync(conference)).Error;

    protected async Task<IReadOnlyList<Video>> GetListAsync(SimulatedConference conference)
        => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Ok>(await GetVideosAsync(conference)).Value;

    protected Task<ApiAnswer<IReadOnlyList<Video>>> GetVideosAsync(SimulatedConference conference)
        => Client.GetVideosAsync(null, conference.Id, conference.CreatorUnionId, Stop);

    protected IEnumerable<string> CodesOf(SimulatedConference conference) => Server.Ledger.CallsOf(conference.Id).Select(call => call.Code);

    /// <summary>A token, as the app gets it.</summary>
    protected static async Task<string> GetTokenAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync(
            "v1.0/oauth2/accessToken", new { appKey = DevelopmentCredentials.AppKey, appSecret = DevelopmentCredentials.AppSecret }, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("accessToken").GetString()!;
    }

    /// <inheritdoc cref="GetTokenAsync(HttpClient)" />
    protected Task<string> GetTokenAsync() => GetTokenAsync(Http);

    /// <summary>A call with a token, past the product's client.</summary>
    protected async Task<HttpResponseMessage> CallAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("x-acs-dingtalk-access-token", token);
        }

        return await Http.SendAsync(request, Stop);
    }

    /// <summary>What conference info says of a conference.</summary>
    protected async Task<JsonElement> InfoAsync(SimulatedConference conference)
    {
        using var answer = await CallAsync($"v1.0/conference/videoConferences/{conference.Id}", await GetTokenAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("confInfo");
    }

    /// <summary>The next push that a callback got, decrypted.</summary>
    internal static async Task<JsonElement> NextPushAsync(Callback callback)
    {
        var verified = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        return JsonElement.Parse(verified.Plaintext.Span);
    }

    protected virtual SimulatorOptions Configure(SimulatorOptions options) => options;
}
