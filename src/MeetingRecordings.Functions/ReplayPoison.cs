using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Puts conferences that have failed on the queue again, with an operator's key.</summary>
public sealed class ReplayPoison(FailedReplay replay)
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int DefaultMax = 100;

    /// <summary>Handles one request: <c>{source, ids|reason|olderThan|all, max, dryRun}</c>.</summary>
    [Function(nameof(ReplayPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "poison/replay")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "replay");
        var (body, problem) = await RequestBody.ReadJsonAsync(request, MaxBodyBytes, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        if (!ReplayRequest.Parse(body.Span).Succeeded(out var asked, out var fault))
        {
            return Problems.BadField(fault);
        }

        return await OperatorCall.DoAsync(
            async () => TypedResults.Json(
                await replay.ReplayAsync(
                    asked.Source ?? FailedQueue.Poison, asked.Selection!, asked.Max ?? DefaultMax, asked.DryRun ?? false, cancellationToken),
                HttpJsonContext.Default.ReplayAnswer),
            cancellationToken);
    }
}
