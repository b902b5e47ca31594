using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Says whether the queue, Blob Storage and DingTalk's tokens can be had, with a function key.</summary>
/// <param name="readiness">Tries them.</param>
public sealed class GetReadiness(Readiness readiness)
{
    /// <summary>Handles one request. It is answered 200 where everything works, else 503.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The caller has gone, or the host is stopping.</param>
    [Function(nameof(GetReadiness))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/ready")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var report = await readiness.CheckAsync(cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            report,
            HttpJsonContext.Default.ReadinessReport,
            statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
