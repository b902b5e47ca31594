using MeetingRecordings;
using MeetingRecordings.Manifests;

namespace Worker.Tests;

public sealed class When_a_meeting_ends(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_push_becomes_a_manifest()
    {
        await using var app = await RunningApp.StartAsync(azurite);
        var conference = app.DingTalk.Tenant.AddConference(videos: 3);

        await app.PushEndedAsync(conference);

        var manifest = ManifestJson.Deserialize((await app.ManifestAsync(conference.Id)).ToMemory().Span, EndedAtSource.Event);
        Assert.Equal(ManifestStatus.Recorded, manifest.Status);
        Assert.Equal(
            conference.Videos.Select(static video => video.MediaId).Order(StringComparer.Ordinal),
            manifest.Videos.Select(static video => video.MediaId).Order(StringComparer.Ordinal));
        foreach (var line in app.Host.Log.Lines) { TestContext.Current.TestOutputHelper!.WriteLine(line.ToString()); }
        TestContext.Current.TestOutputHelper!.WriteLine(app.Host.Worker.Times.ToString());
    }
}
