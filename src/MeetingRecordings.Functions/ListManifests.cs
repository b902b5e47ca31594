using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Lists manifests by the blob index, with an operator's key.</summary>
/// <param name="manifests">The manifests.</param>
public sealed class ListManifests(ManifestCatalog manifests)
{
    private const int DefaultMax = 100;
    private const string From = "from";

    /// <summary>Handles one request.</summary>
    /// <param name="request">With <c>status</c>, <c>endedOn</c>, <c>corpId</c>, <c>max</c> and <c>from</c> in its query, each optional.</param>
    /// <param name="cancellationToken">The operator has gone, or the host is stopping.</param>
    [Function(nameof(ListManifests))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manifests")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var filter = ReadFilter(query);
        var max = query.Number("max", 1, ManifestCatalog.MaxManifests, DefaultMax);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        return await OperatorCall.AskAsync(
            async token => await manifests.ListAsync(filter, (int)max, query.Text(From), token).ConfigureAwait(false) is { } page
                ? TypedResults.Json(page, HttpJsonContext.Default.ManifestPage)
                : Problems.BadField(From, "what an earlier page gave as next"),
            cancellationToken).ConfigureAwait(false);
    }

    private static ManifestFilter ReadFilter(QueryReader query)
    {
        var filter = new ManifestFilter { CorpId = query.Text("corpId") };
        if (filter.CorpId is not null && !Identifiers.IsPrincipal(filter.CorpId))
        {
            query.Fault("corpId", Identifiers.PrincipalGrammar);
        }

        if (query.Text("endedOn") is { } days && !filter.TryWithEndedOn(days, out filter))
        {
            query.Fault("endedOn", "a day such as 2026-11-23, or a range such as 2026-11-01..2026-11-30");
        }

        if (query.Text("status") is { } text)
        {
            filter = filter with { Status = Enum.GetValues<ManifestStatus>().Cast<ManifestStatus?>().FirstOrDefault(status => ManifestJson.ToText(status!.Value) == text) };
            if (filter.Status is null)
            {
                query.Fault("status", string.Join(" or ", Enum.GetValues<ManifestStatus>().Select(ManifestJson.ToText)));
            }
        }

        return filter;
    }
}
