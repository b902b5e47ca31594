using System.Security.Cryptography;
using System.Text.Json;
using DingTalkSimulator.Meetings;
using MeetingRecordings.Archiving;
using Support;

namespace EndToEnd.Tests.Archive;

public sealed class When_an_operator_looks_into_the_archive(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_recorded_before_is_archived_by_a_back_fill_then_listed_and_fetched()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Videos = 2, VideoBytes = 100_000 });
        await pipeline.PushEndedAsync(conference);
        await pipeline.ManifestAsync(conference.Id);
        await pipeline.DrainAsync();

        Assert.Equal(
            "2 files of 200000 bytes and 1 transcript would be archived, with 4 metered calls at least.",
            Assert.Single(await RunAsync(pipeline, 0, "backfill", "--archive", "--dry-run")));
        Assert.Equal(
            ["pending", "pending"],
            (await RunAsync(pipeline, 0, "recordings", "list", conference.Id)).Select(static line => line.Split(' ')[0]));
        Assert.Equal(
            "2 files of 200000 bytes and 1 transcript are on the queue, for 4 metered calls at least.",
            Assert.Single(await RunAsync(pipeline, 0, "backfill", "--archive")));
        await pipeline.ArchivedAsync(conference);

        var listed = JsonSerializer.Deserialize<JsonElement>(
            Assert.Single(await RunAsync(pipeline, 0, "recordings", "list", conference.Id, "--json")));
        Assert.All(listed.GetProperty("recordings").EnumerateArray(), static recording
            => Assert.Equal(("archived", 100_000), (recording.GetProperty("state").GetString(), recording.GetProperty("bytes").GetInt64())));
        var folder = Directory.CreateTempSubdirectory();
        var fetched = await RunAsync(pipeline, 0, "recordings", "fetch", conference.Id, "--to", folder.FullName);
        Assert.Equal(4, fetched.Count);
        foreach (var video in conference.Videos)
        {
            var file = Path.Combine(folder.FullName, new RecordingName(conference.Id, video.MediaId).File);
            Assert.Equal(conference.FileOf(video).ComputeSha256(), SHA256.HashData(await File.ReadAllBytesAsync(file, Cancellation)));
        }

        folder.Delete(recursive: true);
        Assert.Equal(
            "0 files of 0 bytes and 0 transcripts are on the queue, for 0 metered calls at least.",
            Assert.Single(await RunAsync(pipeline, 0, "backfill", "--archive")));
    }

    [Fact]
    public async Task A_back_fill_says_that_nothing_is_archived_where_it_is_off()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var command = ChildProcess.Start("LocalHost", ["backfill", "--archive"], pipeline.CommandSettings);

        Assert.Equal(1, await command.ExitAsync(Cancellation));
        Assert.StartsWith("Nothing is archived: set Archive__Enabled", Assert.Single(command.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from is missing", "backfill")]
    [InlineData("--dry-run goes with --archive", "backfill", "--from", "ids.txt", "--dry-run")]
    public async Task A_back_fill_names_the_option_that_does_not_fit(string words, params string[] arguments)
    {
        await using var command = ChildProcess.Start("LocalHost", arguments);

        Assert.Equal(1, await command.ExitAsync(Cancellation));
        Assert.Contains(command.Errors, line => line.StartsWith(words, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(Pipeline pipeline, int exitCode, params string[] arguments)
    {
        var settings = new Dictionary<string, string?>(pipeline.CommandSettings)
        {
            ["Archive__Enabled"] = "true",
            ["Transcripts__Enabled"] = "true",
        };
        await using var command = ChildProcess.Start("LocalHost", arguments, settings);
        var ended = await command.ExitAsync(Cancellation);
        Assert.True(ended == exitCode, $"{string.Join(' ', arguments)}: {string.Join(" | ", [.. command.Errors, .. command.Output])}");
        return command.Output;
    }
}
