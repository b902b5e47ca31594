using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Poison;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Shows the messages that were given up, with an operator's key. Looking does not touch them.</summary>
/// <param name="shelf">The messages that were given up.</param>
public sealed class ListPoison(PoisonShelf shelf)
{
    private const int DefaultMax = 100;

    /// <summary>Handles one request.</summary>
    /// <param name="request">With <c>source</c>, <c>reason</c>, <c>max</c> and <c>from</c> in its query, each optional.</param>
    /// <param name="cancellationToken">The operator has gone, or the host is stopping.</param>
    [Function(nameof(ListPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "poison")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var source = query.Source();
        var reason = query.Text("reason");
        var max = query.Number("max", 1, PoisonShelf.MaxMessages, DefaultMax);
        var from = query.Number("from", 0, long.MaxValue, 0);
        return query.Problem ?? await OperatorCall.AskAsync(
            async token => TypedResults.Json(
                await shelf.ListAsync(source, reason, (int)max, from, token).ConfigureAwait(false), HttpJsonContext.Default.PoisonPage),
            cancellationToken).ConfigureAwait(false);
    }
}
