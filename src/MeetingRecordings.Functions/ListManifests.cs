using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Lists manifests, with an operator's key.</summary>
public sealed class ListManifests(ManifestCatalog manifests)
{
    private const int DefaultMax = 100;
    private const string From = "from";

    /// <summary>
    /// Handles one request, with <c>status</c>, <c>endedOn</c>, <c>corpId</c>, <c>title</c>, <c>max</c> and <c>from</c> in its query, each
    /// optional.
    /// </summary>
    [Function(nameof(ListManifests))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "manifests")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var filter = query.ManifestFilter();
        var max = query.Number("max", 1, ManifestCatalog.MaxManifests, DefaultMax);
        return query.Problem ?? await OperatorCall.AskAsync(
            async token => await manifests.ListAsync(filter, (int)max, query.Text(From), token) is { } page
                ? TypedResults.Json(page, HttpJsonContext.Default.ManifestPage)
                : Problems.BadField(new(From, "what an earlier page gave as next")),
            cancellationToken);
    }
}
