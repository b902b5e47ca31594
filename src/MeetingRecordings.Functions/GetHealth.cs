using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Says that the app runs, to anybody, and nothing else.</summary>
public sealed class GetHealth
{
    /// <summary>Handles one request.</summary>
    /// <param name="request">The request.</param>
    [Function(nameof(GetHealth))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new HealthAnswer("ok"), HttpJsonContext.Default.HealthAnswer);
    }
}
