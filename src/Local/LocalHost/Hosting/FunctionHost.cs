using System.Net;
using MeetingRecordings.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LocalHost.Hosting;

/// <summary>Does the Functions host's part: serves the app's HTTP functions on Kestrel and feeds its queue functions.</summary>
public sealed class FunctionHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FunctionHost(WebApplication app, FunctionCatalog catalog, FunctionKeys keys, string routePrefix)
    {
        _app = app;
        Catalog = catalog;
        Keys = keys;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        BaseAddress = new Uri($"{address.TrimEnd('/')}/{routePrefix}/");
    }

    /// <summary>What the functions' routes are relative to.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The functions.</summary>
    public FunctionCatalog Catalog { get; }

    /// <summary>The keys that callers show.</summary>
    public FunctionKeys Keys { get; }

    /// <summary>Starts.</summary>
    /// <param name="options">The settings, and where to listen.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="LocalHostException">A setting is missing or malformed, or the port is taken.</exception>
    public static async Task<FunctionHost> StartAsync(FunctionHostOptions options, CancellationToken cancellationToken)
    {
        var hostJson = HostJson.Read();
        var catalog = await FunctionCatalog.ReadAsync(options.Settings);
        var keys = FunctionKeys.Read(options.Settings);
        var app = Build(options, catalog, hostJson);
        Map(app, catalog, keys, hostJson.RoutePrefix);
        try
        {
            await app.StartAsync(cancellationToken);
            return new FunctionHost(app, catalog, keys, hostJson.RoutePrefix);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            throw e is IOException ? new LocalHostException($"Port {options.Port} is taken. Choose another with --port; 0 is any free one.", e) : e;
        }
    }

    /// <summary>Takes no more requests and messages, and waits for those under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(FunctionHostOptions options, FunctionCatalog catalog, HostJson hostJson)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(options.Settings);
        builder.Logging.ClearProviders();
        options.Logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(options.Port);
            }
        });
        try
        {
            builder.Services.AddMeetingRecordings(builder.Configuration);
        }
        catch (OptionsValidationException e)
        {
            throw new LocalHostException(string.Join(Environment.NewLine, e.Failures), e);
        }

        options.Services?.Invoke(builder.Services);
        foreach (var function in catalog.Queues)
        {
            builder.Services.AddSingleton<IHostedService>(services => new QueueListener(
                function,
                ServiceBusConnections.Create(options.Settings, function.Connection),
                hostJson.Processor,
                services,
                services.GetRequiredService<ILogger<QueueListener>>()));
        }

        foreach (var function in catalog.Timers)
        {
            builder.Services.AddSingleton<IHostedService>(services => new TimerListener(
                function, services.GetRequiredService<TimeProvider>(), services, services.GetRequiredService<ILogger<TimerListener>>()));
        }

        return builder.Build();
    }

    private static void Map(WebApplication app, FunctionCatalog catalog, FunctionKeys keys, string routePrefix)
    {
        app.MapGet("/", context =>
        {
            // Under a name that is not this machine's own, the asker may be a page that has rebound it: no key for that one.
            var own = context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host, out var ip) && IPAddress.IsLoopback(ip));
            context.Response.Redirect($"/{routePrefix}/console{(own ? $"#key={Uri.EscapeDataString(keys.Operator)}" : "")}");
            return Task.CompletedTask;
        });
        foreach (var functions in catalog.Http.GroupBy(static function => function.Route, StringComparer.OrdinalIgnoreCase))
        {
            app.Map($"{routePrefix}/{functions.Key}", (RequestDelegate)HandleAsync);

            Task HandleAsync(HttpContext context)
            {
                if (functions.FirstOrDefault(function => function.Handles(context.Request.Method)) is not { } function)
                {
                    // As the Functions host answers another method, rather than 405.
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                }

                if (!keys.Allow(context.Request, function.Function.Name, function.Level))
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                }

                return function.RunAsync(context);
            }
        }
    }
}
