using System.Text.Json;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class EventTests : SimulatorTest
{
    [Theory]
    [InlineData(PushedEvent.MeetingEnded, Trigger.MeetingEnded, EndedAtSource.Fallback, true)]
    [InlineData(PushedEvent.MeetingEndedTargetPush, Trigger.MeetingEnded, EndedAtSource.Event, true)]
    [InlineData(PushedEvent.VideoGenerated, Trigger.RecordingReady, EndedAtSource.Fallback, false)]
    [InlineData(PushedEvent.VideoGeneratedDirected, Trigger.RecordingReady, EndedAtSource.Fallback, false)]
    public async Task The_product_reads_a_pushed_event_as_what_it_is(PushedEvent kind, Trigger trigger, EndedAtSource source, bool namesCreator)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference();

        var result = await Server.Pusher.PushAsync(kind, conference.Id, callback.Url, Stop);

        Assert.Equal(new PushResult(true, 1, 200, null), result);
        var push = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        var notification = Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(push.Plaintext.Span)).Notification;
        Assert.Equal(conference.Id, notification.Message.ConferenceId);
        Assert.Equal(namesCreator ? conference.CreatorUnionId : null, notification.Message.UnionId);
        Assert.Equal(Server.Options.CorpId, notification.Message.CorpId);
        Assert.Equal(trigger == Trigger.MeetingEnded ? conference.EndedAt : null, notification.Message.EndedAt);
        Assert.Equal(trigger, notification.Message.Trigger);
        Assert.Equal(source, notification.EndedAtSource);
    }

    [Theory]
    [InlineData(PushedEvent.CheckUrl)]
    [InlineData(PushedEvent.MinutesVideoGenerated)]
    [InlineData(PushedEvent.MinutesSummaryGenerated)]
    public async Task The_product_answers_and_ignores_an_event_about_no_recording(PushedEvent kind)
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        var conference = Tenant.AddConference();

        var result = await Server.Pusher.PushAsync(kind, kind == PushedEvent.CheckUrl ? null : conference.Id, callback.Url, Stop);

        Assert.True(result.Delivered);
        var push = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        Assert.IsType<DingTalkEvent.Ignored>(DingTalkEventReader.Read(push.Plaintext.Span));
    }

    [Fact]
    public async Task The_query_has_both_signatures_milliseconds_and_a_nonce_behind_what_the_url_had()
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        await Server.Pusher.PushEndedAsync(Tenant.AddConference().Id, callback.Url, Stop);

        var (query, body) = Assert.Single(callback.Requests);
        Assert.Matches(
            $"^\\?code=functionKey&signature=([0-9a-f]{{40}})&msg_signature=\\1&timestamp={Now.ToUnixTimeMilliseconds()}&nonce=[A-Za-z0-9]{{8}}$",
            query);
        Assert.Matches("^\\{\"encrypt\":\"[A-Za-z0-9+/]+={0,2}\"\\}$", body);
    }

    [Fact]
    public async Task A_meetings_end_pushed_again_is_the_same_event_and_another_video_is_another()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference();

        var ended = await EventIdAsync(PushedEvent.MeetingEnded);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ended, await EventIdAsync(PushedEvent.MeetingEnded));
        var ready = await EventIdAsync(PushedEvent.VideoGenerated);
        Assert.Equal(ready, await EventIdAsync(PushedEvent.VideoGenerated));
        conference.AddVideo();
        Assert.NotEqual(ready, await EventIdAsync(PushedEvent.VideoGenerated));

        async Task<string?> EventIdAsync(PushedEvent kind)
        {
            await Server.Pusher.PushAsync(kind, conference.Id, callback.Url, Stop);
            var push = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
            using var plaintext = JsonDocument.Parse(push.Plaintext);
            return plaintext.RootElement.GetProperty("eventId").GetString();
        }
    }

    [Theory]
    [InlineData(PushedEvent.VideoGenerated, "flash_minutes_open_event", "cloud_record", "video_generated")]
    [InlineData(PushedEvent.VideoGeneratedDirected, "flash_minutes_open_event_directed", "cloud_record", "video_generated")]
    [InlineData(PushedEvent.SummaryGenerated, "flash_minutes_open_event", "cloud_record", "summary_generated")]
    [InlineData(PushedEvent.MinutesVideoGenerated, "flash_minutes_open_event", "minutes", "video_generated")]
    [InlineData(PushedEvent.MinutesSummaryGenerated, "flash_minutes_open_event", "minutes", "summary_generated")]
    public async Task A_flash_event_says_what_of_which_is_ready(PushedEvent kind, string eventType, string bizType, string minutesEventType)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var scheduled = Tenant.AddConference(new MeetingPlan { BizType = "3" });
        var instant = Tenant.AddConference(new MeetingPlan { BizType = "0" });

        await Server.Pusher.PushAsync(kind, scheduled.Id, callback.Url, Stop);
        await Server.Pusher.PushAsync(kind, instant.Id, callback.Url, Stop);

        var push = await NextPushAsync(callback);
        Assert.Equal(
            (eventType, bizType, minutesEventType),
            (TextOf(push, "EventType"), TextOf(push, "bizType"), TextOf(push, "minutesEventType")));
        Assert.Equal(scheduled.ScheduleConferenceId, push.GetProperty("openConfModel").GetProperty("scheduleConferenceId").GetString());
        Assert.False((await NextPushAsync(callback)).GetProperty("openConfModel").TryGetProperty("scheduleConferenceId", out _));
    }

    [Theory]
    [InlineData(TaskIdForm.Text, JsonValueKind.String)]
    [InlineData(TaskIdForm.Number, JsonValueKind.Number)]
    [InlineData(TaskIdForm.Absent, JsonValueKind.Undefined)]
    public async Task The_task_id_is_text_a_number_or_left_out(TaskIdForm form, JsonValueKind kind)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference(new MeetingPlan { Traits = new MeetingTraits { TaskId = form } });

        await Server.Pusher.PushAsync(PushedEvent.VideoGenerated, conference.Id, callback.Url, Stop);

        Assert.Equal(kind, (await NextPushAsync(callback)).TryGetProperty("minutesTaskId", out var taskId) ? taskId.ValueKind : default);
    }

    [Fact]
    public async Task By_default_every_form_of_the_task_id_occurs()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var kinds = new List<JsonValueKind>();
        for (var meeting = 0; meeting < 3; meeting++)
        {
            await Server.Pusher.PushAsync(PushedEvent.SummaryGenerated, Tenant.AddConference().Id, callback.Url, Stop);
            kinds.Add((await NextPushAsync(callback)).TryGetProperty("minutesTaskId", out var taskId) ? taskId.ValueKind : default);
        }

        Assert.Equal([JsonValueKind.Undefined, JsonValueKind.String, JsonValueKind.Number], kinds.Order());
    }

    [Fact]
    public async Task The_start_of_a_meeting_tells_of_one_that_goes_on()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference(new MeetingPlan { EndsIn = TimeSpan.FromHours(1), Title = "\"标题\" <b>" });

        await Server.Pusher.PushAsync(PushedEvent.MeetingStarted, conference.Id, callback.Url, Stop);

        var push = await NextPushAsync(callback);
        var model = push.GetProperty("openConfModel");
        Assert.Equal(("conference_created", 2), (push.GetProperty("changeScene").GetString(), model.GetProperty("status").GetInt32()));
        Assert.Equal("\"标题\" <b>", TextOf(model, "title"));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), model.GetProperty("startTime").GetInt64());
        Assert.Equal(conference.CreatorUnionId, model.GetProperty("creatorId").GetString());
    }

    [Fact]
    public async Task The_time_of_a_videos_event_is_when_it_was_made()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conference = Tenant.AddConference(new MeetingPlan
        {
            Traits = new MeetingTraits { Times = new MeetingTimes { FirstVideoAfter = TimeSpan.FromMinutes(5) } },
        });
        Clock.Advance(TimeSpan.FromMinutes(9));

        await Server.Pusher.PushAsync(PushedEvent.VideoGenerated, conference.Id, callback.Url, Stop);

        Assert.Equal(Now.AddMinutes(5).ToUnixTimeMilliseconds(), (await NextPushAsync(callback)).GetProperty("EventTime").GetInt64());
    }

    [Fact]
    public async Task A_conference_that_is_unknown_is_named()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Server.Pusher.PushEndedAsync("nobodyKnows", new Uri("http://127.0.0.1:9/"), Stop));

        Assert.Contains("nobodyKnows", e.Message, StringComparison.Ordinal);
    }

    private static string? TextOf(JsonElement json, string field) => json.GetProperty(field).GetString();
}
