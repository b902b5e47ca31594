using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceBusEmulator;
using Yarp.ReverseProxy.Forwarder;

namespace Support.Crashes;

/// <summary>
/// A reverse proxy in front of an HTTP server, in which every exchange passes a tripwire: before it is forwarded, and once it is
/// answered, before the answer is. An exchange at which a process was killed ends with its connection.
/// </summary>
public sealed class WatchedProxy : IAsyncDisposable
{
    private readonly Func<HttpRequest, string> _name;
    private readonly Tripwire _wire;
    private readonly WebApplication _server = Build();
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
    });

    private WatchedProxy(Func<HttpRequest, string> name, Tripwire wire)
    {
        (_name, _wire) = (name, wire);
        _forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
        _server.Run(ForwardAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.Single());

    /// <summary>What it stands in front of; null for nothing: then it ends every connection. It may be changed at any time.</summary>
    public Uri? Target { get; set; }

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">What it stands in front of; null for nothing yet.</param>
    /// <param name="name">Names an exchange.</param>
    /// <param name="wire">What they pass.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<WatchedProxy> StartAsync(
        Uri? target,
        Func<HttpRequest, string> name,
        Tripwire wire,
        CancellationToken cancellationToken)
    {
        var proxy = new WatchedProxy(name, wire) { Target = target };
        await proxy._server.StartAsync(cancellationToken);
        return proxy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        return builder.Build();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (Target is not { } target)
        {
            context.Abort();
            return;
        }

        var passage = _wire.Begin(_name(context.Request));
        if (!await passage.PassAsync(ExchangeSide.Before)
            || await ForwardAsync(context, target, passage) != ForwarderError.None)
        {
            context.Abort();
        }
    }

    private ValueTask<ForwarderError> ForwardAsync(HttpContext context, Uri target, Passage passage) => _forwarder.SendAsync(
        context, target.GetLeftPart(UriPartial.Authority), _client, ForwarderRequestConfig.Empty, new AnswerGate(passage));

    private sealed class AnswerGate(Passage passage) : HttpTransformer
    {
        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext,
            HttpResponseMessage? proxyResponse,
            CancellationToken cancellationToken)
        {
            if (proxyResponse is null)
            {
                return true;
            }

            if (!await passage.PassAsync(ExchangeSide.After))
            {
                httpContext.Abort();
                return false;
            }

            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }
    }
}
