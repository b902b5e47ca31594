using System.Net;
using DingTalkSimulator.Api;
using DingTalkSimulator.Control;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DingTalkSimulator;

/// <summary>A DingTalk on 127.0.0.1: its API, its event push, and whatever shall go wrong with them.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private Task _tickets = Task.CompletedTask;
    private bool _disposed;

    private SimulatorServer(SimulatorOptions options)
    {
        Options = options;
        Tenant = new Tenant(options.Clock, options.Traits, options.SuiteTicket);
        Ledger = new Ledger(options.LedgerCapacity);
        Pusher = new EventPusher(options, Tenant, Ledger);
        Player = new MeetingPlayer(Pusher, options.Clock, _stopping.Token);
        _app = Build();
        Map();
    }

    /// <summary>What the simulator was started with.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Where it listens: <c>http://127.0.0.1:{port}/</c>.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Its conferences, tokens and faults.</summary>
    public Tenant Tenant { get; }

    /// <summary>What happened.</summary>
    public Ledger Ledger { get; }

    /// <summary>Pushes events.</summary>
    public EventPusher Pusher { get; }

    /// <summary>Plays meetings.</summary>
    public MeetingPlayer Player { get; }

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">Who it knows, and how it pushes.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="IOException">The port, which the message names, is taken.</exception>
    /// <exception cref="FormatException">The EncodingAESKey is not 43 letters and digits.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        var server = new SimulatorServer(options);
        try
        {
            await server._app.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.BaseAddress = new Uri(server._app.Urls.Single());
        server._tickets = TicketSchedule.RunAsync(server.Pusher, options, server._stopping.Token);
        return server;
    }

    /// <summary>Stops listening. Answers that are being delayed are not given any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        await Player.WaitAsync();
        await _tickets.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Pusher.Dispose();
        _stopping.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        if (Options.LoggerFactory is not null)
        {
            builder.Services.AddSingleton(Options.LoggerFactory);
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, Options.Port);
        });
        return builder.Build();
    }

    private void Map()
    {
        var sender = new AnswerSender(Tenant, Options.Clock, _stopping.Token);
        var gate = new ApiGate(Tenant, new CallMeter(Options.Clock));
        var tokens = new TokenApi(Options, Tenant, Ledger, gate, sender);
        var answerer = new Answerer(Ledger, gate, sender, Options.Clock);
        var conferences = new ConferenceApi(Tenant, answerer);
        var media = new MediaServer(Ledger, Options.Clock, _stopping.Token);
        var recordings = new RecordingApi(Tenant, answerer, media, Options.Clock);
        var failedPushes = new FailedPushApi(Options, Tenant, Ledger, gate, Pusher.Failed);

        _app.MapPost("/v1.0/oauth2/accessToken", (RequestDelegate)tokens.AccessTokenAsync);
        _app.MapPost("/v1.0/oauth2/corpAccessToken", (RequestDelegate)tokens.CorpAccessTokenAsync);
        _app.MapPost("/v1.0/oauth2/{corpId}/token", (RequestDelegate)tokens.UnifiedTokenAsync);
        const string Conference = "/v1.0/conference/videoConferences/{conferenceId}";
        _app.MapGet($"{Conference}/cloudRecords/getVideos", (RequestDelegate)recordings.GetVideosAsync);
        _app.MapGet($"{Conference}/cloudRecords/videos/getPlayInfos", (RequestDelegate)recordings.GetPlayInfosAsync);
        _app.MapGet($"{Conference}/cloudRecords/getTexts", (RequestDelegate)recordings.GetTextsAsync);
        _app.MapGet(Conference, (RequestDelegate)conferences.GetInfoAsync);
        _app.MapGet("/v1.0/conference/roomCodes/{roomCode}/infos", (RequestDelegate)conferences.GetRoomCodeInfosAsync);
        _app.MapMethods(MediaServer.Path + "/{mediaId}/{file}", ["GET", "HEAD"], (RequestDelegate)media.ServeAsync);
        _app.MapGet("/call_back/get_call_back_failed_result", (RequestDelegate)failedPushes.ReadAsync);

        new ControlApi(this).Map(_app);
        _app.MapFallback((RequestDelegate)UnknownPathAsync);
    }

    private async Task UnknownPathAsync(HttpContext context)
    {
        Ledger.Add(new ApiCall(Options.Clock.GetUtcNow(), ApiOperation.Unknown, context.Request.Path.Value!, null, null, "errcode:404"));
        await WireResponse.SendAsync(context, 200, WireResponse.Json, WireJson.UnknownPath);
    }
}
