using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServiceBusEmulator;

/// <summary>
/// <c>GET /health</c> on the loopback address, answered as Microsoft's emulator answers it, and
/// <c>POST /faults/drop-connections</c>, which cuts every client's connection.
/// </summary>
internal sealed class HealthEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HealthEndpoint(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HealthEndpoint> StartAsync(int port, FaultScript faults, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, faults));
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new IOException($"The Service Bus emulator cannot answer health checks on port {port}: it is in use.", exception);
        }

        return new HealthEndpoint(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, FaultScript faults)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/health"):
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync("""{"status":"healthy"}""");
            case ("POST", "/faults/drop-connections"):
                faults.DropConnections();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
