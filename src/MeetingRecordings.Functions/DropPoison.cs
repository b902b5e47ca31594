using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Removes a failed message for good, with an operator's key and a reason, which is logged.</summary>
public sealed class DropPoison(FailedDrop drop)
{
    private const int MaxReasonLength = 200;

    /// <summary>Handles one request, with the message's sequence number in its path, and <c>source</c> and <c>reason</c> in its query.</summary>
    [Function(nameof(DropPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "poison/{id}")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var queue = query.Source();
        var reason = query.Text("reason");
        if (!QueryReader.TryParse(request.RouteValues["id"] as string, out var id))
        {
            query.Fault("id", "a sequence number");
        }

        if (reason is not { Length: <= MaxReasonLength } || reason.Any(char.IsControl))
        {
            query.Fault("reason", $"why it is dropped, in 1 to {MaxReasonLength} characters without control characters");
        }

        return query.Problem ?? await OperatorCall.DoAsync(
            async () => Answer(await drop.DropAsync(queue, id, reason!, cancellationToken)), cancellationToken);
    }

    private static IResult Answer(MessageResult result) => result.Outcome switch
    {
        MessageOutcome.Dropped => TypedResults.NoContent(),
        MessageOutcome.NotFound => Problems.NotFound("There is no message of that sequence number."),
        _ => Problems.NotDropped(result.Detail ?? ""),
    };
}
