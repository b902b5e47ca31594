using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Load;

/// <summary>An HTTP endpoint that reads a push and answers with as many bytes as the product does, and does nothing else.</summary>
internal static class RawEndpoint
{
    private const int AnswerBytes = 220;

    /// <summary>Starts it on a free port.</summary>
    /// <returns>The server and its address.</returns>
    public static async Task<(WebApplication Server, Uri Address)> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var answer = new byte[AnswerBytes];
        app.MapPost("/", (RequestDelegate)(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = AnswerBytes;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        }));
        await app.StartAsync(cancellationToken);
        return (app, new Uri(app.Urls.Single()));
    }
}
