using DingTalkSimulator.Pushing;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Control;

/// <summary>Makes, shows and changes meetings.</summary>
internal sealed class MeetingControl(Tenant tenant, Ledger ledger, EventPusher pusher, MeetingPlayer player)
{
    private const int PlaysAtOnce = 32;

    /// <summary>Makes meetings, and plays them: what is due is pushed before the answer, what is not in the background.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.MeetingsRequest);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault)
            : request.Push == true && pusher.CallbackUrl is null ? Problem.NoCallbackUrl
            : request.ConferenceId is not null && tenant.Find(request.ConferenceId) is not null
                ? new Problem(409, "There is such a conference.", "conferenceId: expected one that is not in use.", "conferenceId")
            : null;
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        var conferences = Enumerable.Range(0, request!.Count).Select(_ => Create(request)).ToArray();
        var made = new MeetingsAnswer.Made[conferences.Length];
        var pushes = request.Push ?? pusher.CallbackUrl is not null;
        await Parallel.ForAsync(
            0,
            conferences.Length,
            new ParallelOptions { MaxDegreeOfParallelism = PlaysAtOnce, CancellationToken = context.RequestAborted },
            async (index, token) =>
            {
                var events = pushes ? await PlayAsync(conferences[index], token) : [];
                var ended = events.FirstOrDefault(static played => played.Event == PushedEvent.MeetingEnded);
                made[index] = new(conferences[index].Id, ended?.Push, events);
            });
        await Exchange.SendAsync(context, 201, new MeetingsAnswer(made), ControlJsonContext.Default.MeetingsAnswer);
    }

    /// <summary>Lists all meetings.</summary>
    public Task ListAsync(HttpContext context) => Exchange.SendAsync(
        context,
        200,
        new MeetingList([.. tenant.Conferences.Select(static one => new MeetingList.Line(one.Id, one.Title, one.RoomCode, one.EndedAt))]),
        ControlJsonContext.Default.MeetingList);

    /// <summary>Shows a meeting.</summary>
    public Task GetAsync(HttpContext context)
        => Find(context) is { } conference ? SendAsync(context, conference) : Exchange.SendAsync(context, Problem.NoConference);

    /// <summary>Changes a meeting.</summary>
    public async Task ChangeAsync(HttpContext context)
    {
        var (request, problem) = await Exchange.ReadAsync(context, ControlJsonContext.Default.MeetingPatch);
        var conference = Find(context);
        problem ??= request!.FindFault() is { } fault ? Problem.Of(fault)
            : conference is null ? Problem.NoConference
            : null;
        if (problem is not null)
        {
            await Exchange.SendAsync(context, problem);
            return;
        }

        request!.ApplyTo(conference!);
        await SendAsync(context, conference!);
    }

    private async Task<IReadOnlyList<PlayedEvent>> PlayAsync(SimulatedConference conference, CancellationToken cancellationToken)
    {
        if (player.IsDue(conference))
        {
            return await player.PlayAsync(conference.Id, cancellationToken: cancellationToken);
        }

        player.Start(conference.Id);
        return [];
    }

    private Task SendAsync(HttpContext context, SimulatedConference conference)
        => Exchange.SendAsync(context, 200, MeetingView.Of(conference, ledger), ControlJsonContext.Default.MeetingView);

    private SimulatedConference? Find(HttpContext context) => tenant.Find((string)context.Request.RouteValues["conferenceId"]!);

    private SimulatedConference Create(MeetingsRequest request)
    {
        var conference = tenant.AddConference(request.ToPlan());
        request.ApplyTo(conference);
        return conference;
    }
}
