using System.Diagnostics;
using FunctionsHost.Rpc;
using LocalHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>Serves the HTTP functions: checks keys, and forwards requests to the worker's own server.</summary>
internal sealed class HttpTriggers : IAsyncDisposable
{
    private const string InvocationIdHeader = "x-ms-invocation-id";

    private readonly HttpMessageInvoker _client = new(new ListeningHandler());
    private readonly WebApplication _server = LoopbackServer.Create(HttpProtocols.Http1, static services => services.AddHttpForwarder());
    private readonly IHttpForwarder _forwarder;
    private readonly FunctionInvoker _invoker;
    private readonly FunctionKeys _keys;
    private readonly HostLog _log;

    private HttpTriggers(FunctionInvoker invoker, FunctionKeys keys, HostLog log)
    {
        (_invoker, _keys, _log) = (invoker, keys, log);
        _forwarder = _server.Services.GetRequiredService<IHttpForwarder>();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.Single());

    public static async Task<HttpTriggers> StartAsync(
        IEnumerable<HostedFunction> functions,
        string routePrefix,
        FunctionInvoker invoker,
        FunctionKeys keys,
        HostLog log,
        CancellationToken cancellationToken)
    {
        var triggers = new HttpTriggers(invoker, keys, log);
        triggers.Map(functions, routePrefix);
        await triggers._server.StartAsync(cancellationToken);
        return triggers;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private void Map(IEnumerable<HostedFunction> functions, string routePrefix)
    {
        _server.UseRouting();

        // For a method that no function of a route has, ASP.NET Core would answer 405, the Functions host does 404.
        _server.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<HostedFunction>() is not null)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        foreach (var function in functions)
        {
            _server.MapMethods($"{routePrefix}/{function.Route}", function.Methods, context => HandleAsync(function, context))
                .WithMetadata(function);
        }
    }

    private async Task HandleAsync(HostedFunction function, HttpContext context)
    {
        if (!_keys.Allow(context.Request, function.AuthLevel))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // As the server's own span in the Functions host: below the caller's, and the parent of what the worker does.
        using var activity = new Activity(nameof(HttpTriggers));
        if (context.Request.Headers.TraceParent is [{ } caller])
        {
            activity.SetParentId(caller);
        }

        activity.Start();
        try
        {
            await _invoker.InvokeAsync(
                function,
                new TypedData { Http = new RpcHttp() },
                context.RequestAborted,
                (worker, invocationId) => ForwardAsync(context, worker.Server, invocationId));
        }
        catch (Exception e) when (e is FunctionFailedException or WorkerEndedException)
        {
            _log.AddTriggerError($"{function.Name} failed.", e);
            if (!context.Response.HasStarted)
            {
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    private async Task ForwardAsync(HttpContext context, Uri server, string invocationId)
    {
        context.Request.Headers[InvocationIdHeader] = invocationId;
        await _forwarder.SendAsync(context, server.ToString(), _client);
    }
}
