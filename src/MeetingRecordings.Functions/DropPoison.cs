using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Poison;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Removes a message for good that was given up, with an operator's key and a reason, which is logged.</summary>
/// <param name="shelf">The messages that were given up.</param>
public sealed class DropPoison(PoisonShelf shelf)
{
    private const int MaxReasonLength = 200;

    /// <summary>Handles one request. It is answered 204 once the message is gone.</summary>
    /// <param name="request">With the message's sequence number in its path, and <c>source</c> and <c>reason</c> in its query.</param>
    /// <param name="cancellationToken">The operator has gone, or the host is stopping.</param>
    [Function(nameof(DropPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "poison/{id}")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var source = query.Source();
        var reason = query.Text("reason");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (!QueryReader.TryParse(request.RouteValues["id"] as string, out var id))
        {
            return Problems.BadField("id", "a sequence number");
        }

        if (reason is not { Length: <= MaxReasonLength } || reason.Any(char.IsControl))
        {
            return Problems.BadField("reason", $"why it is dropped, in 1 to {MaxReasonLength} characters without control characters");
        }

        return await OperatorCall.DoAsync(
            async () => Answer(await shelf.DropAsync(source, id, reason, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    private static IResult Answer(PoisonResult result) => result.Outcome switch
    {
        PoisonOutcome.Dropped => TypedResults.NoContent(),
        PoisonOutcome.NotFound => Problems.NotFound("There is no message of that sequence number."),
        _ => Problems.NotDropped(result.Detail ?? ""),
    };
}
