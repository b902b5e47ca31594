using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Lists the messages that have failed, with an operator's key. Looking does not touch them.</summary>
public sealed class ListPoison(FailedMessageList messages)
{
    private const int DefaultMax = 100;

    /// <summary>Handles one request, with <c>source</c>, <c>reason</c>, <c>max</c> and <c>from</c> in its query, each optional.</summary>
    [Function(nameof(ListPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "poison")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var queue = query.Source();
        FailedSelection selection = query.Text("reason") is { } reason ? new FailedSelection.ByReason(reason) : new FailedSelection.All();
        var max = query.Number("max", 1, FailedMessageList.MaxMessages, DefaultMax);
        var from = query.Number("from", 0, long.MaxValue, 0);
        return query.Problem ?? await OperatorCall.AskAsync(
            async token => TypedResults.Json(
                await messages.ListAsync(queue, selection, (int)max, from, token), HttpJsonContext.Default.FailedPage),
            cancellationToken);
    }
}
