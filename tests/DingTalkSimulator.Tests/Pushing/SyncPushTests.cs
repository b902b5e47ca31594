using System.Text.Json;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class SyncPushTests : SimulatorTest
{
    private const string SuiteKey = "suitekey000";
    private const string SuiteSecret = "suite-secret";

    [Fact]
    public async Task Events_come_in_rows_for_the_suites_key()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        var conferences = Enumerable.Range(0, 3).Select(_ => Tenant.AddConference()).ToArray();

        var result = await Server.Pusher.PushRowsAsync(conferences.Select(one => (PushedEvent.MeetingEnded, one.Id)), callback.Url, Stop);

        Assert.Equal(new PushResult(true, 1, 200, null), result);
        var verified = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        Assert.Equal(SuiteKey, verified.Keys.OwnerKey);
        var read = DingTalkPushReader.Read(verified.Plaintext.Span);
        Assert.Equal(
            conferences.Select(one => (one.Id, one.CreatorUnionId, Server.Options.CorpId)),
            read.Select(one => Assert.IsType<DingTalkEvent.Notified>(one).Notification.Message)
                .Select(one => (one.ConferenceId, one.UnionId!, one.CorpId!)));
        Assert.Equal(3, Server.Ledger.Totals.PushesDelivered);
        Assert.Equal(3, Tenant.Meter.Current.Events);
    }

    [Theory]
    [InlineData(PushedEvent.MeetingEnded, 225)]
    [InlineData(PushedEvent.MeetingStarted, 225)]
    [InlineData(PushedEvent.MeetingEndedTargetPush, 348)]
    [InlineData(PushedEvent.VideoGenerated, 396)]
    [InlineData(PushedEvent.SummaryGenerated, 396)]
    [InlineData(PushedEvent.VideoGeneratedDirected, 400)]
    public async Task A_row_has_every_field_of_DingTalks_sample(PushedEvent kind, int number)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Tenant.Traits = Tenant.Traits with { PushForm = PushForm.SyncHttp };
        var conference = Tenant.AddConference();

        await Server.Pusher.PushAsync(kind, conference.Id, callback.Url, Stop);

        var push = await NextPushAsync(callback);
        Assert.Equal("SYNC_HTTP_PUSH_MEDIUM", push.GetProperty("EventType").GetString());
        var row = Assert.Single(push.GetProperty("bizData").EnumerateArray());
        Assert.Equal(
            ["biz_data", "biz_id", "biz_type", "corp_id", "gmt_create", "gmt_modified", "id", "open_cursor", "status", "subscribe_id"],
            row.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((number, Server.Options.CorpId), (row.GetProperty("biz_type").GetInt32(), row.GetProperty("corp_id").GetString()));
        var data = JsonElement.Parse(row.GetProperty("biz_data").GetString()!);
        Assert.Equal(EventNames.Of(kind).Type, data.GetProperty("syncAction").GetString());
        Assert.Equal(conference.Id, data.GetProperty("openConfModel").GetProperty("conferenceId").GetString());
        Assert.Equal(row.GetProperty("biz_id").GetString(), data.GetProperty("eventId").GetString());
    }

    [Fact]
    public async Task Rows_can_hold_their_event_as_an_object()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Tenant.Traits = Tenant.Traits with { SyncDataAsObject = true };

        await Server.Pusher.PushRowsAsync([(PushedEvent.MeetingEnded, Tenant.AddConference().Id)], callback.Url, Stop);

        var data = (await NextPushAsync(callback)).GetProperty("bizData")[0].GetProperty("biz_data");
        Assert.Equal(JsonValueKind.Object, data.ValueKind);
    }

    [Fact]
    public async Task The_archived_form_has_an_end_time_and_a_room_code_in_groups_and_no_event_id()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Tenant.Traits = Tenant.Traits with { SyncRows = SyncRowForm.Archived };
        var conference = Tenant.AddConference(new MeetingPlan { RoomCode = "427200123" });

        (PushedEvent, string)[] events = [(PushedEvent.MeetingEnded, conference.Id), (PushedEvent.VideoGenerated, conference.Id)];
        await Server.Pusher.PushRowsAsync(events, callback.Url, Stop);

        var rows = (await NextPushAsync(callback)).GetProperty("bizData").EnumerateArray()
            .Select(row => JsonElement.Parse(row.GetProperty("biz_data").GetString()!)).ToArray();
        var model = rows[0].GetProperty("openConfModel");
        Assert.Equal("427 200 123", model.GetProperty("roomCode").GetString());
        Assert.Equal(conference.EndedAt.ToUnixTimeMilliseconds(), model.GetProperty("endTime").GetInt64());
        Assert.Equal([false, true], rows.Select(row => row.TryGetProperty("eventId", out _)));
    }

    [Fact]
    public async Task Each_row_of_a_push_that_failed_is_listed_on_its_own_and_a_lost_one_is_in_none()
    {
        // The discard port: nothing listens there.
        var nowhere = new Uri("http://127.0.0.1:9/");
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());
        other.Traits = other.Traits with { LostEvents = [PushedEvent.MeetingEnded] };

        var push = Server.Pusher.PushRowsAsync(
            [(PushedEvent.MeetingEnded, one.Id), (PushedEvent.VideoGenerated, other.Id), (PushedEvent.MeetingEnded, other.Id)],
            nowhere,
            Stop);
        await Clock.PassAsync(TimeSpan.FromSeconds(10), Stop);
        await Clock.PassAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Equal((false, 3), ((await push).Delivered, (await push).Attempts));
        Assert.Equal(2, Server.Pusher.Failed.Items.Count);
        var totals = Server.Ledger.Totals;
        Assert.Equal((2, 4, 2, 1), (totals.Pushes, totals.PushRetries, totals.PushesFailed, totals.EventsLost));
    }

    [Theory]
    [InlineData(PushedEvent.CheckCreateSuiteUrl, "check_create_suite_url")]
    [InlineData(PushedEvent.CheckUpdateSuiteUrl, "check_update_suite_url")]
    public async Task The_checks_of_a_third_party_apps_url_are_for_its_key(PushedEvent kind, string eventType)
    {
        await using var callback = await Callback.StartAsync(Server.Options);

        Assert.True((await Server.Pusher.PushAsync(kind, null, callback.Url, Stop)).Delivered);

        var verified = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
        Assert.Equal(SuiteKey, verified.Keys.OwnerKey);
        var check = JsonElement.Parse(verified.Plaintext.Span);
        Assert.Equal(eventType, check.GetProperty("EventType").GetString());
        Assert.Equal(kind == PushedEvent.CheckUpdateSuiteUrl, check.TryGetProperty("TestSuiteKey", out _));
    }

    [Fact]
    public async Task Without_a_third_party_app_there_are_no_rows()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(), Stop);
        await using var callback = await Callback.StartAsync(server.Options);
        var conference = server.Tenant.AddConference();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => server.Pusher.PushRowsAsync([(PushedEvent.MeetingEnded, conference.Id)], callback.Url, Stop));
    }

    protected override SimulatorOptions Configure(SimulatorOptions options)
        => options with { SuiteKey = SuiteKey, SuiteSecret = SuiteSecret };
}
