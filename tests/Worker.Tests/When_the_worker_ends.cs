using DingTalkSimulator;
using DingTalkSimulator.Faults;

namespace Worker.Tests;

public sealed class When_the_worker_ends(AzuriteFixture azurite)
{
    // As many as one host handles at once.
    private const int UnderWay = 16;
    private const int Killed = 128 + 9;

    // Longer than any test waits.
    private static readonly TimeSpan Forever = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_messages_and_pushes_under_way_nothing_that_was_accepted_is_lost(bool politely)
    {
        await using var app = await RunningApp.StartAsync(azurite);
        var held = await HoldAsync(app, UnderWay);
        var more = Enumerable.Range(0, UnderWay).Select(_ => app.DingTalk.Tenant.AddConference()).ToList();
        var pushes = more.Select(conference => PushUntilAcceptedAsync(app, conference)).ToList();

        var exitCode = await (politely ? app.Host.Worker.TerminateAsync(Cancellation) : app.Host.Worker.KillAsync(Cancellation));
        await app.Host.StartWorkerAsync(Cancellation);
        await Task.WhenAll(pushes);
        await app.DrainAsync();

        Assert.Equal(politely ? 0 : Killed, exitCode);
        foreach (var conference in held.Concat(more))
        {
            await app.ManifestAsync(conference.Id);
        }

        Assert.Equal(0, app.ServiceBus.CountsOf(RunningApp.Queue).DeadLettered);
        Assert.Equal(0, app.ServiceBus.CountsOf(RunningApp.PoisonQueue).Active);
    }

    [Fact]
    public async Task Because_the_host_stops_its_functions_are_cancelled_and_their_messages_wait_for_the_next_host()
    {
        await using var app = await RunningApp.StartAsync(azurite);
        var held = await HoldAsync(app, UnderWay);

        await app.RestartAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await app.DrainAsync();

        foreach (var conference in held)
        {
            await app.ManifestAsync(conference.Id);
            Assert.Equal(2, conference.GetVideosCalls);
        }

        Assert.Equal(0, app.ServiceBus.CountsOf(RunningApp.Queue).DeadLettered);
    }

    /// <summary>Has conferences looked at whose answer does not come; the next look at each has its usual answer.</summary>
    private static async Task<IReadOnlyList<SimulatedConference>> HoldAsync(RunningApp app, int count)
    {
        var held = Enumerable.Range(0, count).Select(_ => app.DingTalk.Tenant.AddConference()).ToList();
        foreach (var conference in held)
        {
            conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError") with { Delay = Forever });
            await PushUntilAcceptedAsync(app, conference);
        }

        await RunningApp.UntilAsync(
            "all of them are looked at",
            () => Task.FromResult(held.TrueForAll(static conference => conference.GetVideosCalls == 1)));
        return held;
    }

    private static async Task PushUntilAcceptedAsync(RunningApp app, SimulatedConference conference)
        => await RunningApp.UntilAsync(
            $"the push of {conference.Id} is accepted",
            async () => (await app.DingTalk.Pusher.PushEndedAsync(conference.Id, cancellationToken: Cancellation)).Delivered);
}
