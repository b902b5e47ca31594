using System.Net;
using System.Text.Json;
using DingTalkSimulator;

namespace EndToEnd.Tests.Notifications;

public sealed class When_pushes_come_out_of_order(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("closed", "ready")]
    [InlineData("ready", "closed")]
    [InlineData("ready", "ready", "closed", "ready", "closed")]
    [InlineData("closed", "closed", "ready")]
    public async Task The_manifest_is_the_one_that_their_order_would_have_given(params string[] order)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference(videos: 2);
        foreach (var (index, name) in order.Index())
        {
            using var answer = await pipeline.Http.SendAsync(new DingTalkPush(name == "closed" ? Closed(conference) : Ready(conference, index)).ToRequest(), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // One after the other, so that each finds what those before it have left.
            await pipeline.ManifestAsync(conference.Id);
            await pipeline.DrainAsync();
        }

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal("recorded", manifest.RootElement.GetProperty("status").GetString());
        Assert.Equal(2, manifest.RootElement.GetProperty("totals").GetProperty("videos").GetInt32());
        Assert.Equal(conference.EndedAt, manifest.RootElement.GetProperty("endedAt").GetDateTimeOffset());
        Assert.Equal(DevelopmentCredentials.CorpId, manifest.RootElement.GetProperty("corpId").GetString());
    }

    private static string Closed(SimulatedConference conference)
        => $$$"""{"EventType":"meeting_status_change","EventTime":"{{{conference.EndedAt.ToUnixTimeMilliseconds()}}}","CorpId":"{{{DevelopmentCredentials.CorpId}}}","eventId":"e-closed","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{conference.Id}}}","creatorId":"{{{conference.CreatorUnionId}}}"}}""";

    // It names neither a user nor the end, and its own time is another.
    private static string Ready(SimulatedConference conference, int index)
        => $$$"""{"EventType":"flash_minutes_open_event","EventTime":{{{conference.EndedAt.AddMinutes(9).ToUnixTimeMilliseconds()}}},"CorpId":"{{{DevelopmentCredentials.CorpId}}}","eventId":"e-{{{index}}}","bizType":"cloud_record","minutesEventType":"video_generated","openConfModel":{"conferenceId":"{{{conference.Id}}}"}}""";
}
