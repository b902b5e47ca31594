using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DingTalkSimulator.Control;

/// <summary>Drives the simulator from outside its process, under <c>/simulator/</c>.</summary>
internal sealed class ControlApi(SimulatorServer server)
{
    private static readonly string[] Paths =
    [
        "meetings", "meetings/{conferenceId}", "pushes", "suite-tickets", "failed-pushes", "ledger", "ledger/conferences", "meter",
        "traits", "faults",
    ];

    private readonly Tenant _tenant = server.Tenant;
    private readonly MeetingControl _meetings = new(server.Tenant, server.Ledger, server.Pusher, server.Player);
    private readonly PushControl _pushes = new(server.Options, server.Tenant, server.Pusher);

    /// <summary>Maps its routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/simulator");
        control.MapGet("meetings", (RequestDelegate)_meetings.ListAsync);
        control.MapPost("meetings", (RequestDelegate)_meetings.CreateAsync);
        control.MapGet("meetings/{conferenceId}", (RequestDelegate)_meetings.GetAsync);
        control.MapPatch("meetings/{conferenceId}", (RequestDelegate)_meetings.ChangeAsync);
        control.MapPost("pushes", (RequestDelegate)_pushes.PushAsync);
        control.MapPost("suite-tickets", (RequestDelegate)_pushes.PushTicketAsync);
        control.MapGet("failed-pushes", (RequestDelegate)_pushes.ListFailedAsync);
        control.MapPost("failed-pushes", (RequestDelegate)_pushes.AddFailedAsync);
        control.MapGet("ledger", (RequestDelegate)GetLedgerAsync);
        control.MapGet("ledger/conferences", (RequestDelegate)GetTalliesAsync);
        control.MapGet("meter", (RequestDelegate)GetMeterAsync);
        control.MapDelete("meter", (RequestDelegate)ClearMeterAsync);
        control.MapGet("traits", (RequestDelegate)GetTraitsAsync);
        control.MapPatch("traits", (RequestDelegate)ChangeTraitsAsync);
        control.MapPost("faults", (RequestDelegate)SetFaultsAsync);
        control.MapDelete("faults", (RequestDelegate)ClearFaultsAsync);
        control.Map("{**rest}", (RequestDelegate)UnknownPathAsync);
    }

    private static Task UnknownPathAsync(HttpContext context)
        => Exchange.SendAsync(
            context,
            new Problem(404, "There is nothing here.", $"Expected {string.Join(", ", Paths)}, with their methods."));

    private Task GetLedgerAsync(HttpContext context) => Exchange.SendAsync(
        context, 200, LedgerView.Of(server.Ledger, context.Request.Query["conferenceId"]), ControlJsonContext.Default.LedgerView);

    private Task GetTalliesAsync(HttpContext context)
        => Exchange.SendAsync(
            context,
            200,
            new TallyList(server.Ledger.Totals, server.Ledger.Tallies),
            ControlJsonContext.Default.TallyList);

    private Task GetMeterAsync(HttpContext context)
    {
        var view = new MeterView(_tenant.Meter.Current, _tenant.Traits.CallsPerMonth, _tenant.Traits.EventsPerMonth, _tenant.Meter.Months);
        return Exchange.SendAsync(context, 200, view, ControlJsonContext.Default.MeterView);
    }

    private Task ClearMeterAsync(HttpContext context)
    {
        _tenant.Meter.Clear();
        return Exchange.SendDoneAsync(context);
    }

    private Task GetTraitsAsync(HttpContext context)
        => Exchange.SendAsync(context, 200, TraitsRequest.Of(_tenant.Traits), ControlJsonContext.Default.TraitsRequest);

    private async Task ChangeTraitsAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.TraitsRequest);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault)
            : request.PushForm == Pushing.PushForm.SyncHttp && server.Options.SuiteKey is null ? Problem.NoSuite
            : null;
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        _tenant.Traits = request!.ApplyTo(_tenant.Traits);
        await GetTraitsAsync(context);
    }

    private async Task SetFaultsAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.FaultsRequest);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault) : null;
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        _tenant.Faults.Rates = request!.ToRates();
        _tenant.Faults.Events = request.Events?.ToRates(request.Seed);
        _tenant.Faults.CallsPerSecond = request.CallsPerSecond;
        await Exchange.SendDoneAsync(context);
    }

    private Task ClearFaultsAsync(HttpContext context)
    {
        _tenant.Faults.Clear();
        return Exchange.SendDoneAsync(context);
    }
}
