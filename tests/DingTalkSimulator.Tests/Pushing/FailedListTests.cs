using System.Text.Json;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class FailedListTests : SimulatorTest
{
    private const string Tag = "meeting_status_change";

    // The discard port: nothing listens there.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    public static TheoryData<FailedPushShape, string> Shapes => new()
    {
        { FailedPushShape.CallbackData, "/meeting_status_change/callbackData" },
        { FailedPushShape.BpmsCallBackData, "/meeting_status_change/bpmsCallBackData" },
        { FailedPushShape.RoleLabelChange, "/meeting_status_change/roleLabelChange" },
        { FailedPushShape.InTag, "/meeting_status_change" },
        { FailedPushShape.Flat, "" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task An_event_stands_where_its_shape_says_with_or_without_its_envelope(FailedPushShape shape, string path)
    {
        var conference = Tenant.AddConference();
        Server.Pusher.Failed.Add(PushedEvent.MeetingEnded, conference.Id, shape, withEnvelope: true);
        Server.Pusher.Failed.Add(PushedEvent.MeetingEnded, conference.Id, shape, withEnvelope: false);

        var items = await ReadAsync();

        Assert.Equal(2, items.Length);
        Assert.All(items, item =>
        {
            Assert.Equal(Tag, item.GetProperty("call_back_tag").GetString());
            Assert.Equal(conference.EndedAt.ToUnixTimeMilliseconds(), item.GetProperty("event_time").GetInt64());
            Assert.Equal(Server.Options.CorpId, At(item, shape == FailedPushShape.Flat ? "" : $"/{Tag}").GetProperty("corpid").GetString());
            var content = At(item, path);
            Assert.Equal(conference.Id, content.GetProperty("openConfModel").GetProperty("conferenceId").GetString());
            Assert.Equal("conference_closed", content.GetProperty("changeScene").GetString());
        });
        Assert.Equal([true, false], items.Select(item => At(item, path).TryGetProperty("EventType", out _)));
    }

    [Fact]
    public async Task A_push_that_failed_is_listed_in_the_shape_of_its_meeting()
    {
        var plain = Tenant.AddConference();
        var traits = new MeetingTraits { FailedPushShape = FailedPushShape.Flat, FailedPushEnvelope = false };
        var flat = Tenant.AddConference(new MeetingPlan { Traits = traits });

        await Server.Pusher.PushEndedAsync(plain.Id, Nowhere, Stop);
        await Server.Pusher.PushAsync(PushedEvent.VideoGenerated, flat.Id, Nowhere, Stop);

        var items = await ReadAsync();
        Assert.Equal(plain.Id, At(items[0], $"/{Tag}/callbackData/openConfModel").GetProperty("conferenceId").GetString());
        Assert.Equal(flat.Id, At(items[1], "/openConfModel").GetProperty("conferenceId").GetString());
        Assert.Equal("video_generated", items[1].GetProperty("minutesEventType").GetString());
    }

    [Fact]
    public async Task An_item_that_nobody_has_seen_yet_can_be_listed()
    {
        Server.Pusher.Failed.AddItem(JsonElement.Parse("""[{"strange":"\ud800"},7]"""));

        Assert.Equal("""[{"strange":"\ud800"},7]""", Assert.Single(await ReadAsync()).GetRawText());
    }

    [Fact]
    public async Task To_look_at_the_list_from_outside_drops_nothing()
    {
        Server.Pusher.Failed.Add(PushedEvent.MeetingEnded, Tenant.AddConference().Id);

        Assert.Single(Server.Pusher.Failed.Items);
        Assert.Single(Server.Pusher.Failed.Items);
        Assert.Single(await ReadAsync());
        Assert.Empty(await ReadAsync());
    }

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { PushRetries = [] };

    private static JsonElement At(JsonElement item, string path)
        => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(item, static (inner, name) => inner.GetProperty(name));

    private async Task<JsonElement[]> ReadAsync()
    {
        var json = await Http.GetByteArrayAsync($"call_back/get_call_back_failed_result?access_token={await GetTokenAsync()}", Stop);
        return [.. JsonElement.Parse(json).GetProperty("failed_list").EnumerateArray()];
    }
}
