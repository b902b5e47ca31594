using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DingTalkSimulator.Pushing;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Control;

/// <summary>Drives the simulator from outside its process, under <c>/simulator/</c>.</summary>
internal sealed class ControlApi(Tenant tenant, Ledger ledger, EventPusher pusher)
{
    private const int PushesAtOnce = 32;

    /// <summary>Makes meetings, and pushes their ends.</summary>
    public async Task CreateMeetingsAsync(HttpContext context)
    {
        var (request, problem) = await ReadAsync(context, ControlJsonContext.Default.MeetingsRequest).ConfigureAwait(false);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault)
            : request.Push == true && pusher.CallbackUrl is null ? Problem.NoCallbackUrl
            : request.ConferenceId is not null && tenant.Find(request.ConferenceId) is not null
                ? new Problem(409, "There is such a conference.", "conferenceId: expected one that is not in use.", "conferenceId")
            : null;
        if (problem is not null)
        {
            await SendAsync(context, problem).ConfigureAwait(false);
            return;
        }

        var conferences = Enumerable.Range(0, request!.Count).Select(_ => Create(request)).ToArray();
        var made = new MeetingsAnswer.Made[conferences.Length];
        if (request.Push ?? pusher.CallbackUrl is not null)
        {
            await Parallel.ForAsync(
                0,
                conferences.Length,
                new ParallelOptions { MaxDegreeOfParallelism = PushesAtOnce, CancellationToken = context.RequestAborted },
                async (index, token) => made[index] = new(
                    conferences[index].Id,
                    await pusher.PushEndedAsync(conferences[index].Id, null, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        else
        {
            made = [.. conferences.Select(conference => new MeetingsAnswer.Made(conference.Id, null))];
        }

        await SendAsync(context, 201, new MeetingsAnswer(made), ControlJsonContext.Default.MeetingsAnswer).ConfigureAwait(false);
    }

    /// <summary>Shows a meeting.</summary>
    public Task GetMeetingAsync(HttpContext context)
        => tenant.Find((string)context.Request.RouteValues["conferenceId"]!) is { } conference
            ? SendAsync(context, 200, MeetingView.Of(conference), ControlJsonContext.Default.MeetingView)
            : SendAsync(context, Problem.NoConference);

    /// <summary>Shows what happened.</summary>
    public Task GetLedgerAsync(HttpContext context)
        => SendAsync(context, 200, LedgerView.Of(ledger, context.Request.Query["conferenceId"]), ControlJsonContext.Default.LedgerView);

    /// <summary>Pushes an event.</summary>
    public async Task PushAsync(HttpContext context)
    {
        var (request, problem) = await ReadAsync(context, ControlJsonContext.Default.PushRequest).ConfigureAwait(false);
        var (kind, fault) = request?.Read() ?? default;
        problem ??= fault is not null ? Problem.Of(fault)
            : kind != PushedEvent.CheckUrl && request!.ConferenceId is null ? Problem.Of(new FieldFault("conferenceId", "the id of a conference that was made here"))
            : kind != PushedEvent.CheckUrl && tenant.Find(request!.ConferenceId!) is null ? Problem.NoConference
            : pusher.CallbackUrl is null ? Problem.NoCallbackUrl
            : null;
        if (problem is not null)
        {
            await SendAsync(context, problem).ConfigureAwait(false);
            return;
        }

        var result = await pusher.PushAsync(kind, request!.ConferenceId, null, context.RequestAborted).ConfigureAwait(false);
        await SendAsync(context, 200, result, ControlJsonContext.Default.PushResult).ConfigureAwait(false);
    }

    /// <summary>Sets random faults and the limit on calls.</summary>
    public async Task SetFaultsAsync(HttpContext context)
    {
        var (request, problem) = await ReadAsync(context, ControlJsonContext.Default.FaultsRequest).ConfigureAwait(false);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault) : null;
        if (problem is not null)
        {
            await SendAsync(context, problem).ConfigureAwait(false);
            return;
        }

        tenant.Faults.Rates = request!.ToRates();
        tenant.Faults.CallsPerSecond = request.CallsPerSecond;
        context.Response.StatusCode = 204;
    }

    /// <summary>Ends random faults and the limit on calls.</summary>
    public Task ClearFaultsAsync(HttpContext context)
    {
        tenant.Faults.Clear();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>Answers to anything else under the prefix.</summary>
    public static Task UnknownPathAsync(HttpContext context)
        => SendAsync(context, new Problem(404, "There is nothing here.", "Expected meetings, meetings/{conferenceId}, ledger, pushes or faults, with their methods."));

    private static async Task<(T? Request, Problem? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false);
            return (request, request is null ? Problem.Of(new FieldFault("$", "a JSON object")) : null);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "$";
            return (null, new Problem(
                400,
                "The body is malformed.",
                $"{field}: no JSON, no field that is known here, or not of the type expected (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).",
                field));
        }
    }

    private static Task SendAsync(HttpContext context, Problem problem)
        => SendAsync(context, problem.Status, problem, ControlJsonContext.Default.Problem, "application/problem+json");

    private static Task SendAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, body, type, context.RequestAborted);
    }

    private SimulatedConference Create(MeetingsRequest request)
    {
        var conference = tenant.AddConference(request.ConferenceId, request.Videos);
        conference.RecordStatus = request.RecordStatus;
        foreach (var step in request.Script)
        {
            conference.Script.Add(step.ToAnswer(), step.Times);
        }

        return conference;
    }
}
