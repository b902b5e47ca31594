using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;
using EndToEnd.Tests.Recovery;

namespace EndToEnd.Tests.Fetching;

/// <summary>How many metered calls a conference costs, by DingTalk's own count.</summary>
public sealed class When_calls_are_metered(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_of_which_both_events_tell_costs_two()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__FirstLookAfter", "00:00:01"), ("Recovery__ConfirmAfter", "00:00:00.1"));
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await pipeline.PushEndedAsync(conference);
        await PushAsync(pipeline, PushedEvent.VideoGenerated, conference);
        await pipeline.DrainAsync();

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("recorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal((1, 1), (conference.InfoCalls, conference.GetVideosCalls));
    }

    [Fact]
    public async Task A_video_event_comes_to_a_manifest_no_later_than_the_event_itself()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__FirstLookAfter", "01:00:00"));
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await pipeline.PushEndedAsync(conference);
        await PushAsync(pipeline, PushedEvent.VideoGenerated, conference);

        await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.Queue).Scheduled);
    }

    [Fact]
    public async Task Each_further_video_event_costs_one_more()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference(videos: 1);
        await PushAsync(pipeline, PushedEvent.VideoGenerated, conference);
        await pipeline.ManifestAsync(conference.Id);
        conference.AddVideo();

        await PushAsync(pipeline, PushedEvent.VideoGenerated, conference);
        await pipeline.DrainAsync();

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal(2, manifest.RootElement.GetProperty("totals").GetProperty("videos").GetInt32());
        Assert.Equal((1, 2), (conference.InfoCalls, conference.GetVideosCalls));
    }

    [Fact]
    public async Task A_recording_whose_event_is_lost_and_that_is_listed_at_the_second_look_costs_at_most_four()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__ConfirmAfter", "00:00:00.1"));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), 1);

        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);
        await pipeline.DrainAsync();

        Assert.InRange(conference.InfoCalls + conference.GetVideosCalls, 3, 4);
    }

    [Fact]
    public async Task A_recording_that_is_never_listed_costs_at_most_eight()
    {
        await using var pipeline = await Pipeline.StartAsync(
            azurite, ("Recovery__ReadinessLadder", string.Join(',', Enumerable.Repeat("00:00:00.02", 5))));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), int.MaxValue);

        await pipeline.PushEndedAsync(conference);

        await pipeline.ManifestAsync(conference.Id);
        Assert.InRange(conference.InfoCalls + conference.GetVideosCalls, 7, 8);
    }

    [Theory]
    [InlineData("waterLimitError")]
    [InlineData("somethingNew")]
    public async Task No_answer_of_DingTalks_is_repeated_without_end(string code)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.ApiError(400, code, ""), int.MaxValue);

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();

        Assert.InRange(conference.InfoCalls + conference.GetVideosCalls, 1, 12);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered + (await pipeline.PoisonAsync()).Count);
    }

    [Fact]
    public async Task A_meeting_whose_end_is_never_told_is_found_by_its_begin()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Watch__After", "00:00:00.1"));
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await PushAsync(pipeline, PushedEvent.MeetingStarted, conference);

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("recorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal((1, 1), (conference.InfoCalls, conference.GetVideosCalls));
    }

    [Theory]
    [InlineData("permissionError", 0, 1)]
    [InlineData("cloudRecordNotFound", 1, 0)]
    public async Task A_meeting_that_has_failed_or_still_waits_is_not_asked_about_for_its_begin(string code, int scheduled, int deadLettered)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Watch__After", "00:00:00.1"), ("Recovery__ReadinessLadder", "01:00:00"));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of(code), int.MaxValue);
        await pipeline.PushEndedAsync(conference);
        await pipeline.UntilScheduledAsync(scheduled);
        var calls = (conference.InfoCalls, conference.GetVideosCalls);

        await PushAsync(pipeline, PushedEvent.MeetingStarted, conference);
        await pipeline.UntilScheduledAsync(scheduled);

        Assert.Equal(calls, (conference.InfoCalls, conference.GetVideosCalls));
        Assert.Equal(deadLettered, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }

    private static async Task PushAsync(Pipeline pipeline, PushedEvent kind, SimulatedConference conference)
    {
        var push = await pipeline.DingTalk.Pusher.PushAsync(kind, conference.Id, null, Cancellation);
        Assert.True(push.Delivered, push.Detail);
    }
}
