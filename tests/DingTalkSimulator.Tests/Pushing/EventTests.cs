using System.Text.Json;
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

    [Fact]
    public async Task The_product_answers_and_ignores_the_check_of_its_address()
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        var result = await Server.Pusher.PushAsync(PushedEvent.CheckUrl, null, callback.Url, Stop);

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

    [Fact]
    public async Task A_conference_that_is_unknown_is_named()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Server.Pusher.PushEndedAsync("nobodyKnows", new Uri("http://127.0.0.1:9/"), Stop));

        Assert.Contains("nobodyKnows", e.Message, StringComparison.Ordinal);
    }
}
