using System.Text.Json;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;

namespace EndToEnd.Tests.Fetching;

public sealed class When_a_meeting_ends(AzuriteFixture azurite)
{
    [Fact]
    public async Task Its_manifest_lists_every_video()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference(videos: 3);

        await pipeline.PushEndedAsync(conference);

        var blob = await pipeline.ManifestAsync(conference.Id);
        var manifest = ManifestJson.Deserialize(blob.Content.ToMemory().Span, EndedAtSource.Event);
        Assert.Equal(ManifestStatus.Recorded, manifest.Status);
        Assert.Equal(conference.EndedAt, manifest.EndedAt);
        Assert.Equal(
            conference.Videos.Select(static v => v.MediaId).Order(StringComparer.Ordinal),
            manifest.Videos.Select(static v => v.MediaId).Order(StringComparer.Ordinal));
        Assert.Equal("application/json", blob.Details.ContentType);
    }

    [Fact]
    public async Task Its_manifest_can_be_found_by_status_and_day()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);

        var tags = (await pipeline.Manifests.GetBlobClient($"{conference.Id}.json").GetTagsAsync(cancellationToken: TestContext.Current.CancellationToken)).Value.Tags;
        Assert.Equal("recorded", tags["status"]);
        Assert.Equal($"{conference.EndedAt.UtcDateTime:yyyy-MM-dd}", tags["endedOn"]);
    }

    [Fact]
    public async Task The_same_event_five_times_gives_one_manifest_and_one_question_to_DingTalk()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();

        await pipeline.PushEndedAsync(conference);
        var first = await pipeline.ManifestAsync(conference.Id);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pipeline.PushEndedAsync(conference)));
        await pipeline.DrainAsync();

        var last = await pipeline.ManifestAsync(conference.Id);
        Assert.Equal(first.Content.ToArray(), last.Content.ToArray());
        Assert.Equal("1", last.Details.Metadata[ManifestMetadata.Revision]);
        Assert.Equal(1, conference.GetVideosCalls);
    }

    [Fact]
    public async Task A_second_look_finds_the_video_that_the_first_list_lacked()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__ConfirmAfter", "00:00:01"));
        var conference = pipeline.DingTalk.Tenant.AddConference(videos: 1);

        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);
        conference.AddVideo();
        await pipeline.DrainAsync();

        using var manifest = JsonDocument.Parse((await pipeline.ManifestAsync(conference.Id)).Content);
        Assert.Equal(2, manifest.RootElement.GetProperty("totals").GetProperty("videos").GetInt32());
        Assert.Equal(2, conference.GetVideosCalls);
    }

    [Fact]
    public async Task Another_system_may_tell_of_it()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();

        var answer = await pipeline.PostAsync("meetings/ended", $$"""{"conferenceId":"{{conference.Id}}"}""");

        Assert.Equal(202, (int)answer.StatusCode);
        await pipeline.ManifestAsync(conference.Id);
    }
}
