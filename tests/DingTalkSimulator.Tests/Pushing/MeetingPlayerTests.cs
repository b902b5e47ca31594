using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class MeetingPlayerTests : SimulatorTest
{
    private static readonly PushedEvent[] Story =
    [
        PushedEvent.MeetingStarted, PushedEvent.MeetingEnded, PushedEvent.VideoGenerated, PushedEvent.SummaryGenerated,
    ];

    [Fact]
    public async Task By_default_the_end_is_pushed_and_nothing_else()
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        var played = await Server.Player.PlayAsync(Tenant.AddConference().Id, callback.Url, Stop);

        Assert.Equal(new PlayedEvent(PushedEvent.MeetingEnded, Now, new PushResult(true, 1, 200, null)), Assert.Single(played));
    }

    [Fact]
    public async Task Without_times_a_whole_story_is_pushed_at_once_and_in_order()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Add(new MeetingTraits { Events = [.. Story.Reverse()] });

        await Server.Player.PlayAsync(conference.Id, callback.Url, Stop);

        Assert.Equal(
            [PushedEvent.MeetingStarted, PushedEvent.MeetingEnded, PushedEvent.SummaryGenerated, PushedEvent.VideoGenerated],
            Server.Ledger.PushesOf(conference.Id).Select(push => push.Event));
    }

    [Fact]
    public async Task With_times_each_event_is_pushed_at_its_own_and_the_composed_file_has_one_too()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Add(new MeetingTraits
        {
            Events = Story,
            Times = new MeetingTimes
            {
                FirstVideoAfter = TimeSpan.FromMinutes(5),
                SummaryAfter = TimeSpan.FromMinutes(7),
                MergedAfter = TimeSpan.FromMinutes(20),
                PushedAfter = TimeSpan.FromSeconds(3),
            },
        });

        var play = Server.Player.PlayAsync(conference.Id, callback.Url, Stop);
        await callback.Readings.ReadAsync(Stop);
        await Clock.PassAsync(TimeSpan.FromSeconds(3), Stop);
        await Clock.PassAsync(TimeSpan.FromMinutes(5), Stop);
        await Clock.PassAsync(TimeSpan.FromMinutes(2), Stop);
        await Clock.PassAsync(TimeSpan.FromMinutes(13), Stop);
        var played = await play;

        Assert.Equal(
            [
                (PushedEvent.MeetingStarted, conference.StartedAt.AddSeconds(3)),
                (PushedEvent.MeetingEnded, Now.AddSeconds(3)),
                (PushedEvent.VideoGenerated, Now.AddSeconds(3).AddMinutes(5)),
                (PushedEvent.SummaryGenerated, Now.AddSeconds(3).AddMinutes(7)),
                (PushedEvent.VideoGenerated, Now.AddSeconds(3).AddMinutes(20)),
            ],
            played.Select(one => (one.Event, one.DueAt)));
        Assert.All(played, one => Assert.True(one.Push.Delivered));
        Assert.Equal(played.Skip(1).Select(one => one.DueAt), Server.Ledger.Pushes.Skip(1).Select(push => push.At));
        Assert.Equal(5, Server.Ledger.Pushes.Select(push => push.EventId).Distinct().Count());
    }

    [Fact]
    public async Task Segments_that_are_made_one_after_the_other_have_an_event_each()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Add(new MeetingTraits
        {
            Events = [PushedEvent.VideoGenerated],
            Times = new MeetingTimes { NextVideoAfter = TimeSpan.FromMinutes(1) },
        });

        var play = Server.Player.PlayAsync(conference.Id, callback.Url, Stop);
        await Clock.PassAsync(TimeSpan.FromMinutes(1), Stop);
        await play;

        Assert.Equal(2, Server.Ledger.Pushes.Select(push => push.EventId).Distinct().Count());
    }

    [Fact]
    public async Task What_nobody_recorded_has_no_videos_and_no_summary()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Add(new MeetingTraits { Events = Story });
        conference.RecordStatus = RecordStatus.NotRecorded;

        var played = await Server.Player.PlayAsync(conference.Id, callback.Url, Stop);

        Assert.Equal([PushedEvent.MeetingStarted, PushedEvent.MeetingEnded], played.Select(one => one.Event));
    }

    [Fact]
    public async Task An_event_that_fails_holds_up_no_later_one()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        callback.Answers.Enqueue((context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        var conference = Add(new MeetingTraits { Events = [PushedEvent.MeetingEnded, PushedEvent.VideoGenerated] });

        var play = Server.Player.PlayAsync(conference.Id, callback.Url, Stop);
        var before = (await TypeOfNextAsync(callback), await TypeOfNextAsync(callback));
        await Clock.PassAsync(TimeSpan.FromSeconds(10), Stop);
        var played = await play;

        Assert.Equal([2, 1], played.Select(one => one.Push.Attempts));
        Assert.Equal(("meeting_status_change", "flash_minutes_open_event"), before);
        Assert.Equal("meeting_status_change", await TypeOfNextAsync(callback));
    }

    [Fact]
    public async Task A_simulator_that_stops_plays_nothing_to_its_end()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference(new MeetingPlan { EndsIn = TimeSpan.FromHours(1) });
        var play = Server.Player.PlayAsync(conference.Id, callback.Url, Stop);
        await Clock.WaitForTimerAsync(TimeSpan.FromHours(1), Stop);

        await Server.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => play);
    }

    // The clock passes while pushes are under way.
    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { PushTimeout = TimeSpan.FromDays(1) };

    private static async Task<string?> TypeOfNextAsync(Callback callback)
        => (await NextPushAsync(callback)).GetProperty("EventType").GetString();

    private SimulatedConference Add(MeetingTraits traits) => Tenant.AddConference(new MeetingPlan { Traits = traits });
}
