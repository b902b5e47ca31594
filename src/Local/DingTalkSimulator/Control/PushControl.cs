using System.Text.Json;
using DingTalkSimulator.Pushing;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Control;

/// <summary>Pushes events and tickets, and fills the failed list.</summary>
internal sealed class PushControl(SimulatorOptions options, Tenant tenant, EventPusher pusher)
{
    /// <summary>Pushes an event, or several in one SyncHTTP push.</summary>
    public async Task PushAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.PushRequest);
        if (request?.Rows is { } rows)
        {
            await PushRowsAsync(context, rows);
            return;
        }

        var kind = default(PushedEvent);
        if (problem is null)
        {
            (kind, problem) = request!.Resolve(tenant);
        }

        problem ??= FindProblem(NeedsSuite(kind));
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        var result = await pusher.PushAsync(kind, request!.ConferenceId, null, context.RequestAborted);
        await Exchange.SendAsync(context, 200, result, ControlJsonContext.Default.PushResult);
    }

    /// <summary>Makes and pushes a new suite ticket.</summary>
    public async Task PushTicketAsync(HttpContext context)
    {
        if (FindProblem(needsSuite: true) is { } problem)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        var result = await pusher.PushTicketAsync(null, context.RequestAborted);
        var answer = new TicketAnswer(tenant.SuiteTicket, result);
        await Exchange.SendAsync(context, 200, answer, ControlJsonContext.Default.TicketAnswer);
    }

    /// <summary>Shows the failed list without dropping anything.</summary>
    public Task ListFailedAsync(HttpContext context) => Exchange.SendAsync(
        context,
        200,
        new FailedPushList([.. pusher.Failed.Items.Select(static item => JsonElement.Parse(item.Span))]),
        ControlJsonContext.Default.FailedPushList);

    /// <summary>Puts an event, or any item, on the failed list.</summary>
    public async Task AddFailedAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.FailedPushRequest);
        if (request?.Item is { } item)
        {
            pusher.Failed.AddItem(item);
            await Exchange.SendDoneAsync(context);
            return;
        }

        var kind = default(PushedEvent);
        if (problem is null)
        {
            (kind, problem) = request!.Resolve(tenant);
        }

        problem ??= EventNames.IsAboutConference(kind) ? null : Problem.Of(new FieldFault("event", "an event about a conference"));
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        pusher.Failed.Add(kind, request!.ConferenceId!, request.Shape, request.Envelope);
        await Exchange.SendDoneAsync(context);
    }

    private async Task PushRowsAsync(HttpContext context, IReadOnlyList<EventRequest> rows)
    {
        var events = new List<(PushedEvent Kind, string ConferenceId)>();
        var problem = FindProblem(needsSuite: true);
        foreach (var (index, row) in rows.Index())
        {
            var (kind, fault) = row.Resolve(tenant);
            problem ??= fault ?? (EventNames.IsAboutConference(kind)
                ? null
                : Problem.Of(new FieldFault($"rows[{index}].event", "an event about a conference")));
            events.Add((kind, row.ConferenceId ?? ""));
        }

        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        var result = await pusher.PushRowsAsync(events, null, context.RequestAborted);
        await Exchange.SendAsync(context, 200, result, ControlJsonContext.Default.PushResult);
    }

    private bool NeedsSuite(PushedEvent kind)
        => kind is PushedEvent.SuiteTicket or PushedEvent.CheckCreateSuiteUrl or PushedEvent.CheckUpdateSuiteUrl
            || (tenant.Traits.PushForm == PushForm.SyncHttp && kind != PushedEvent.CheckUrl);

    private Problem? FindProblem(bool needsSuite)
        => pusher.CallbackUrl is null ? Problem.NoCallbackUrl
            : needsSuite && options.SuiteKey is null ? Problem.NoSuite
            : null;
}
