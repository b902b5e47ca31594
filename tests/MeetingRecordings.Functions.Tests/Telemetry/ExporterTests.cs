using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MeetingRecordings.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MeetingRecordings.Functions.Telemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MeetingRecordings.Functions.Tests.Telemetry;

/// <summary>What arrives at a collector on this machine.</summary>
public sealed partial class ExporterTests
{
    private const string SpanName = "span for the exporters";
    private const string LogLine = "line for the exporters";
    private const int Spans = 100;
    private const int Patience = 30_000;

    private readonly ConcurrentQueue<(string Path, string Body)> _received = [];

    [Fact]
    public async Task Spans_metrics_and_logs_go_over_OTLP_where_an_endpoint_is_set()
    {
        await using var collector = await StartCollectorAsync();
        await TellAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });

        Assert.Equal(Spans, CountSpans("/v1/traces"));
        Assert.Contains(_received, static r => r.Path == "/v1/metrics" && r.Body.Contains("meeting_recordings.notifications", StringComparison.Ordinal));
        Assert.Contains(_received, static r => r.Path == "/v1/logs" && r.Body.Contains(LogLine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_and_metrics_go_to_Azure_Monitor_where_its_connection_string_is_set()
    {
        await using var collector = await StartCollectorAsync();
        await TellAsync(new()
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={collector.Urls.Single()}/",
        });

        Assert.All(_received, static r => Assert.Equal("/v2.1/track", r.Path));
        Assert.Equal(Spans, CountSpans("/v2.1/track"));
        Assert.Contains(_received, static r => r.Body.Contains("meeting_recordings.notifications", StringComparison.Ordinal));
        Assert.All(_received, static r => Assert.Contains("\"ai.cloud.role\":\"meeting-recordings\"", r.Body, StringComparison.Ordinal));
        // They would come twice: the Functions host sends them there.
        Assert.DoesNotContain(_received, static r => r.Body.Contains(LogLine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_goes_anywhere_where_neither_is_set()
    {
        await using var collector = await StartCollectorAsync();
        await TellAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "", ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "" });

        Assert.Empty(_received);
    }

    private int CountSpans(string path)
        => _received.Where(r => r.Path == path).Sum(static r => r.Body.Split(SpanName).Length - 1);

    private async Task<WebApplication> StartCollectorAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var isPacked = context.Request.Headers.ContentEncoding == "gzip";
            await using var body = isPacked ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
            using var text = new StreamReader(body, Encoding.Latin1);
            _received.Enqueue((context.Request.Path, await text.ReadToEndAsync(context.RequestAborted)));
            await context.Response.WriteAsJsonAsync(new { itemsReceived = 1, itemsAccepted = 1 }, context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    // What is set is in the configuration, as LocalHost's settings are; the environment stays as it is.
    private static async Task TellAsync(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddTelemetry(configuration)
            .BuildServiceProvider();
        var tracing = provider.GetRequiredService<TracerProvider>();
        var metrics = provider.GetRequiredService<MeterProvider>();

        for (var span = 0; span < Spans; span++)
        {
            // As below a request whose own span, the server's, is not recorded.
            var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
            RecordingTelemetry.Source.StartActivity(SpanName, ActivityKind.Internal, parent)?.Dispose();
        }

        RecordingTelemetry.Notified(1, "enqueued");
        Log.Told(provider.GetRequiredService<ILogger<ExporterTests>>());

        Assert.True(tracing.ForceFlush(Patience));
        Assert.True(metrics.ForceFlush(Patience));
        provider.GetService<LoggerProvider>()?.ForceFlush(Patience);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, LogLine)]
        public static partial void Told(ILogger logger);
    }
}
