using System.Text.Json;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Functions.Poison;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Puts conferences on the queue again that were given up, with an operator's key.</summary>
/// <param name="shelf">The messages that were given up.</param>
public sealed class ReplayPoison(PoisonShelf shelf)
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int DefaultMax = 100;
    private const string Expected =
        "an object with one of ids (sequence numbers), reason (a string), olderThan (a time span, for instance 01:00:00) and all (true), "
        + "and perhaps source (poison or deadletter), max (a number) and dryRun (true or false)";

    /// <summary>Handles one request.</summary>
    /// <param name="request"><c>{source, ids|reason|olderThan|all, max, dryRun}</c>.</param>
    /// <param name="cancellationToken">The operator has gone, or the host is stopping.</param>
    [Function(nameof(ReplayPoison))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "poison/replay")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        using var activity = RequestTrace.Start(request, "replay");
        var (body, problem) = await RequestBody.ReadJsonAsync(request, MaxBodyBytes, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        ReplayRequest? replay;
        try
        {
            replay = JsonSerializer.Deserialize(body.Span, HttpJsonContext.Default.ReplayRequest);
        }
        catch (JsonException e)
        {
            return Problems.BadField(e.Path?.TrimStart('$', '.') is { Length: > 0 } field ? field : "$", Expected);
        }

        if (replay is null)
        {
            return Problems.BadField("$", Expected);
        }

        if (replay.Source is { } source && !Enum.IsDefined(source))
        {
            return Problems.BadField("source", "poison or deadletter");
        }

        if (replay.Max is < 1 or > PoisonShelf.MaxMessages)
        {
            return Problems.BadField("max", $"1 to {PoisonShelf.MaxMessages}");
        }

        return Select(replay) is { } selection
            ? await OperatorCall.DoAsync(
                async () => TypedResults.Json(
                    await shelf.ReplayAsync(
                        replay.Source ?? PoisonSource.Poison, selection, replay.Max ?? DefaultMax, replay.DryRun ?? false, cancellationToken).ConfigureAwait(false),
                    HttpJsonContext.Default.PoisonAnswer),
                cancellationToken).ConfigureAwait(false)
            : Problems.BadField("ids, reason, olderThan, all", $"exactly one of them: 1 to {PoisonShelf.MaxIds} ids, a reason, a time span, or true");
    }

    private static PoisonSelection? Select(ReplayRequest replay) => replay switch
    {
        { Ids: { Count: > 0 and <= PoisonShelf.MaxIds } ids, Reason: null, OlderThan: null, All: null } => new PoisonSelection.ByIds(ids.ToHashSet()),
        { Ids: null, Reason: { Length: > 0 } reason, OlderThan: null, All: null } => new PoisonSelection.ByReason(reason),
        { Ids: null, Reason: null, OlderThan: { } age, All: null } when age >= TimeSpan.Zero => new PoisonSelection.ByAge(age),
        { Ids: null, Reason: null, OlderThan: null, All: true } => new PoisonSelection.All(),
        _ => null,
    };
}
