using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Worker.Tests.Telemetry;

/// <summary>Takes what the app exports over OTLP.</summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _exports = new();

    private TelemetrySink(WebApplication server) => _server = server;

    /// <summary>The settings that send an app's telemetry here, soon.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "20"),
    ];

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<Span> Spans =>
    [
        .. _exports.Where(static export => export.Signal == "traces")
            .SelectMany(static export => ExportedSpans.Parser.ParseFrom(export.Body).ResourceSpans)
            .SelectMany(static resource => resource.ScopeSpans)
            .SelectMany(static scope => scope.Spans),
    ];

    /// <summary>Everything so far as it came, by its kind; texts can be found in it.</summary>
    public IReadOnlyList<(string Signal, string Text)> Exports
        => [.. _exports.Select(static export => (export.Signal, Encoding.Latin1.GetString(export.Body)))];

    public static async Task<TelemetrySink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new TelemetrySink(builder.Build());
        sink._server.MapPost("/v1/{signal}", (RequestDelegate)sink.TakeAsync);
        await sink._server.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _exports.Enqueue(((string)context.Request.RouteValues["signal"]!, body.ToArray()));
    }
}
