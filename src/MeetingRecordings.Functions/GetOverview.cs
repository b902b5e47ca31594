using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Says what lies in the queues, what has come of late, and whether the app has what it needs, with an operator's key.</summary>
public sealed class GetOverview(
    RecentSurvey survey, ConferenceQueue conferences, RecentManifests manifests, RecentCalls calls, Readiness readiness)
{
    /// <summary>Handles one request.</summary>
    [Function(nameof(GetOverview))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "overview")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return OperatorCall.AskAsync(
            async token =>
            {
                var (checking, written, used) = (readiness.CheckAsync(token), manifests.CountAsync(token), calls.AskAsync(token));
                var (at, queues) = await survey.CountAsync(token);
                return TypedResults.Json(
                    new OverviewAnswer(at, queues, conferences.Accepted, await written, await used, await checking),
                    HttpJsonContext.Default.OverviewAnswer);
            },
            cancellationToken);
    }
}
