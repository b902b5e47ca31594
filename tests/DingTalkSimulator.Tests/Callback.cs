using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DingTalkSimulator.Tests;

/// <summary>A callback on a free port that reads pushes as the product does.</summary>
internal sealed class Callback : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CallbackVerifier _reader;
    private readonly Channel<CallbackVerdict> _readings = Channel.CreateUnbounded<CallbackVerdict>();
    private readonly TimeProvider _clock;

    private Callback(WebApplication app, SimulatorOptions options)
    {
        _app = app;
        _clock = options.Clock;
        var keys = new CallbackKeys(options.CallbackToken, new CallbackCipher(options.EncodingAesKey), options.AppKey);
        CallbackKeys[] all = options.SuiteKey is null ? [keys] : [keys, keys with { OwnerKey = options.SuiteKey }];
        _reader = new CallbackVerifier(all, TimeSpan.FromMinutes(10), _clock);
        _app.MapPost("/events", (RequestDelegate)HandleAsync);
    }

    /// <summary>What to answer to one push after the other; then the right answer.</summary>
    public ConcurrentQueue<Func<HttpContext, CallbackVerdict, Task>> Answers { get; } = new();

    /// <summary>What came, in order.</summary>
    public ChannelReader<CallbackVerdict> Readings => _readings.Reader;

    /// <summary>The query and body of every push, as they came.</summary>
    public ConcurrentQueue<(string Query, string Body)> Requests { get; } = new();

    public Uri Url => new(new Uri(_app.Urls.Single()), "events?code=functionKey");

    public static async Task<Callback> StartAsync(SimulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var callback = new Callback(builder.Build(), options);
        await callback._app.StartAsync();
        return callback;
    }

    /// <summary>The product's own answer to a push.</summary>
    public CallbackAnswer SuccessFor(CallbackVerdict reading)
        => CallbackAnswer.Success(Assert.IsType<CallbackVerdict.Verified>(reading).Keys, _clock.GetUtcNow());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Requests.Enqueue((context.Request.QueryString.Value!, System.Text.Encoding.UTF8.GetString(body.ToArray())));
        var reading = _reader.Verify(CallbackQuery.Read(name => context.Request.Query[name]), body.ToArray());
        await _readings.Writer.WriteAsync(reading);
        if (Answers.TryDequeue(out var answer))
        {
            await answer(context, reading);
        }
        else
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(SuccessFor(reading).ToJson());
        }
    }
}
