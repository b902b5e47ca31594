using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>
/// Allows a sender of CloudEvents to send them to <see cref="MeetingsEnded"/>: Azure Event Grid and others ask first, so that
/// nobody can have them flood a third party. Whoever shows the function's key may.
/// </summary>
/// <remarks>Source: CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", abuse protection.</remarks>
public sealed class WebhookHandshake
{
    private const string RequestOrigin = "WebHook-Request-Origin";

    // A host name and a port.
    private const int MaxOriginLength = 259;

    /// <summary>Answers with the sender's own name and no limit of its rate.</summary>
    /// <param name="request">The question.</param>
    [Function(nameof(WebhookHandshake))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "options", Route = "meetings/ended")] HttpRequest request)
    {
        string? origin = request.Headers[RequestOrigin];
        if (origin is not { Length: > 0 and <= MaxOriginLength } || !origin.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':'))
        {
            return Problems.BadField(new(RequestOrigin, $"the sender's DNS name, 1 to {MaxOriginLength} characters"));
        }

        var headers = request.HttpContext.Response.Headers;
        headers.Allow = "OPTIONS, POST";
        headers["WebHook-Allowed-Origin"] = origin;
        headers["WebHook-Allowed-Rate"] = "*";
        return TypedResults.Ok();
    }
}
