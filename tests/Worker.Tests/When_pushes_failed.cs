using DingTalkSimulator;

namespace Worker.Tests;

[Collection(SharedApp.Name)]
public sealed class When_pushes_failed(SharedApp shared, AzuriteFixture azurite)
{
    // The discard port: nothing listens there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_of_the_timer_finds_them_and_they_get_their_manifests()
    {
        var conferences = await EndUnheardAsync(shared.App);

        await shared.App.Host.RunTimerAsync("SweepFailedPushes", Cancellation);

        await AssertManifestsAsync(shared.App, conferences);
    }

    [Fact]
    public async Task The_schedule_turns_the_timer()
    {
        await using var app = await RunningApp.StartAsync(azurite, ("Sweep__Enabled", "true"), ("SweepSchedule", "* * * * * *"));

        await AssertManifestsAsync(app, await EndUnheardAsync(app));
    }

    [Fact]
    public async Task Nobody_is_asked_where_the_sweep_is_off()
    {
        await using var app = await RunningApp.StartAsync(azurite);

        await app.Host.RunTimerAsync("SweepFailedPushes", Cancellation);

        Assert.Empty(app.DingTalk.Ledger.Calls);
    }

    private static async Task<IReadOnlyList<SimulatedConference>> EndUnheardAsync(RunningApp app)
    {
        var conferences = Enumerable.Range(0, 3).Select(_ => app.DingTalk.Tenant.AddConference()).ToList();
        foreach (var conference in conferences)
        {
            Assert.False((await app.DingTalk.Pusher.PushEndedAsync(conference.Id, Nowhere, Cancellation)).Delivered);
        }

        return conferences;
    }

    private static async Task AssertManifestsAsync(RunningApp app, IReadOnlyList<SimulatedConference> conferences)
    {
        foreach (var conference in conferences)
        {
            await app.ManifestAsync(conference.Id);
        }
    }
}
