using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Specialized;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;
using EndToEnd.Tests.Recovery;
using EndToEnd.Tests.Transcripts;
using MeetingRecordings.Archiving;
using Support;

namespace EndToEnd.Tests.Archive;

public sealed class When_a_meeting_is_archived(AzuriteFixture azurite)
{
    private const int Bytes = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_files_are_there_byte_for_byte_and_its_manifest_says_where()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline);

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainArchiveAsync();

        await ArchivedFiles.ExpectAsync(pipeline.Archive, conference);
        Assert.Equal(
            conference.Videos.Select(video => $"recordings/{new RecordingName(conference.Id, video.MediaId).File}").Order(),
            (await ManifestAsync(pipeline, conference)).GetProperty("recordings")[0].GetProperty("videos").EnumerateArray()
                .Select(static video => video.GetProperty("file").GetString()!).Order());
    }

    [Fact]
    public async Task A_second_event_sends_no_second_file()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline);
        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainArchiveAsync();
        var (bytes, calls) = (pipeline.DingTalk.Ledger.TotalsOf(conference.Id).MediaBytes, conference.PlayInfoCalls);

        await PushAsync(pipeline, PushedEvent.VideoGenerated, conference);
        await pipeline.DrainArchiveAsync();

        await ArchivedFiles.ExpectAsync(pipeline.Archive, conference);
        Assert.Equal((bytes, calls), (pipeline.DingTalk.Ledger.TotalsOf(conference.Id).MediaBytes, conference.PlayInfoCalls));
        Assert.Equal((2, true), (calls, bytes < (2 * Bytes) + 100));
    }

    [Fact]
    public async Task Its_transcript_is_there_once_its_summary_is_made_and_its_manifest_says_where()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline);
        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainArchiveAsync();
        Assert.Empty(await ArchivedFiles.NamesAsync(pipeline.Archive, $"transcripts/{conference.Id}"));

        await PushAsync(pipeline, PushedEvent.SummaryGenerated, conference);
        await pipeline.DrainArchiveAsync(toCome: 1);

        Assert.Equal(
            [$"transcripts/{conference.Id}.json", $"transcripts/{conference.Id}.vtt"],
            await ArchivedFiles.NamesAsync(pipeline.Archive, $"transcripts/{conference.Id}"));
        var said = Json(await DownloadAsync(pipeline, $"transcripts/{conference.Id}.json"));
        Assert.Equal(conference.Id, said.GetProperty("conferenceId").GetString());
        Assert.Equal(conference.Texts.Count, said.GetProperty("paragraphs").GetArrayLength());
        var vtt = Assert.Single(await WebVttParser.ReadAsync([await DownloadAsync(pipeline, $"transcripts/{conference.Id}.vtt")]));
        Assert.Empty(vtt.Errors);
        Assert.NotEmpty(vtt.Cues);
        Assert.Equal($"recordings/transcripts/{conference.Id}.json", (await ManifestAsync(pipeline, conference)).GetProperty("transcript").GetString());
        await ArchivedFiles.ExpectAsync(pipeline.Archive, conference);
    }

    [Fact]
    public async Task What_DingTalk_fails_for_ever_is_dead_lettered_and_archived_once_it_is_replayed()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline, videos: 1);
        conference.PlayInfoScript.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);
        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainArchiveAsync();

        var dead = Assert.Single(await pipeline.PeekAsync(Pipeline.RecordingQueue, SubQueue.DeadLetter));
        Assert.Equal("retriesSpent", dead.DeadLetterReason);
        var listed = Assert.Single(await pipeline.PoisonAsync("?source=recordings"));
        Assert.Equal(
            (conference.Id, "retriesSpent", "systemError"),
            (listed.GetProperty("conferenceId").GetString(), listed.GetProperty("reason").GetString(), listed.GetProperty("code").GetString()));

        conference.PlayInfoScript.Clear();
        Assert.Equal((conference.Id, "replayed"), Assert.Single(await pipeline.ReplayAsync("""{"source":"recordings","all":true}""")));
        await pipeline.DrainArchiveAsync();

        await ArchivedFiles.ExpectAsync(pipeline.Archive, conference);
        Assert.Empty(await pipeline.PoisonAsync("?source=recordings"));
        Assert.InRange(pipeline.DingTalk.Ledger.TotalsOf(conference.Id).MediaBytes, Bytes, Bytes + 100);
    }

    [Fact]
    public async Task A_video_without_an_MP4_is_dead_lettered_with_what_to_do()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline, videos: 1, new MediaTraits { HasMp4 = false });

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainArchiveAsync();

        var dead = Assert.Single(await pipeline.PeekAsync(Pipeline.RecordingQueue, SubQueue.DeadLetter));
        Assert.Equal((ArchiveReasons.NoMp4, ArchiveReasons.Advice[ArchiveReasons.NoMp4]), (dead.DeadLetterReason, dead.DeadLetterErrorDescription));
        Assert.Equal("noMp4", Assert.Single(await pipeline.PoisonAsync("?source=recordings")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Nothing_is_sent_to_the_recording_queue_where_the_archive_is_off()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("AzureWebJobs__ArchiveRecording__Disabled", "true"));
        var sent = 0;
        pipeline.ServiceBus.Faults.Interceptor = exchange =>
        {
            _ = exchange is { Queue: Pipeline.RecordingQueue, Operation: ServiceBusEmulator.QueueOperation.Send } ? Interlocked.Increment(ref sent) : 0;
            return true;
        };
        var conference = Add(pipeline);

        await pipeline.PushEndedAsync(conference);
        await PushAsync(pipeline, PushedEvent.SummaryGenerated, conference);
        await pipeline.DrainAsync();

        Assert.Equal((0, 0, 0), (sent, conference.PlayInfoCalls, conference.TextCalls));
        Assert.False((await ManifestAsync(pipeline, conference)).GetProperty("recordings")[0].GetProperty("videos")[0].TryGetProperty("file", out _));
    }

    [Fact]
    public async Task An_operator_sees_it_and_reads_it_by_a_link()
    {
        await using var pipeline = await StartAsync();
        var conference = Add(pipeline, videos: 1);
        await pipeline.PushEndedAsync(conference);
        await PushAsync(pipeline, PushedEvent.SummaryGenerated, conference);
        await pipeline.DrainArchiveAsync(toCome: 1);

        var (plain, withoutLink) = await AskAsync(pipeline, $"recordings/{conference.Id}");
        Assert.DoesNotContain("http", withoutLink, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("archived", plain.GetProperty("recordings")[0].GetProperty("state").GetString());

        var (linked, _) = await AskAsync(pipeline, $"recordings/{conference.Id}?link=true");
        using var anybody = new HttpClient();
        var link = linked.GetProperty("recordings")[0].GetProperty("link").GetString()!;
        var expected = new byte[Bytes];
        conference.FileOf(conference.Videos[0]).Read(0, expected);
        Assert.Equal(expected, await anybody.GetByteArrayAsync(new Uri(link), Cancellation));
        var vtt = linked.GetProperty("transcript").GetProperty("vttLink").GetString()!;
        Assert.Equal(
            await DownloadAsync(pipeline, $"transcripts/{conference.Id}.vtt"), await anybody.GetByteArrayAsync(new Uri(vtt), Cancellation));
        Assert.True(linked.GetProperty("linksExpireAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());

        using var unknown = await pipeline.Operator.GetAsync(new Uri("recordings/nobody-knows-it", UriKind.Relative), Cancellation);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task All_that_is_archived_of_it_can_be_erased_blocks_that_wait_included()
    {
        await using var pipeline = await StartAsync();
        var (erased, kept) = (Add(pipeline), Add(pipeline));
        foreach (var conference in (SimulatedConference[])[erased, kept])
        {
            await pipeline.PushEndedAsync(conference);
            await PushAsync(pipeline, PushedEvent.SummaryGenerated, conference);
        }

        await pipeline.DrainArchiveAsync(toCome: 2);
        foreach (var conference in (SimulatedConference[])[erased, kept])
        {
            using var bytes = new MemoryStream([1, 2, 3]);
            await pipeline.Archive.GetBlockBlobClient($"{conference.Id}/waiting.mp4")
                .StageBlockAsync(Convert.ToBase64String([7]), bytes, cancellationToken: Cancellation);
        }

        Assert.Contains("  7 in the archive", await EraseAsync(pipeline, erased, "--dry-run"));
        Assert.Equal(7, await CountAsync(pipeline, erased));
        Assert.Equal("  All of it is erased.", (await EraseAsync(pipeline, erased))[^1]);

        Assert.Equal((0, 7), (await CountAsync(pipeline, erased), await CountAsync(pipeline, kept)));
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.RecordingQueue).Scheduled);
        Assert.Equal("  Nothing is kept of it.", (await EraseAsync(pipeline, erased))[^1]);
    }

    private static SimulatedConference Add(Pipeline pipeline, int videos = 2, MediaTraits? media = null)
        => pipeline.DingTalk.Tenant.AddConference(new MeetingPlan
        {
            Videos = videos,
            VideoBytes = Bytes,
            Traits = pipeline.DingTalk.Tenant.Traits.Meeting with { Media = media ?? new MediaTraits() },
        });

    private static async Task PushAsync(Pipeline pipeline, PushedEvent what, SimulatedConference conference)
    {
        var push = await pipeline.DingTalk.Pusher.PushAsync(what, conference.Id, cancellationToken: Cancellation);
        Assert.True(push.Delivered, push.Detail);
    }

    private static JsonElement Json(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static async Task<JsonElement> ManifestAsync(Pipeline pipeline, SimulatedConference conference)
        => Json((await pipeline.ManifestAsync(conference.Id)).Content.ToMemory().Span);

    private static async Task<byte[]> DownloadAsync(Pipeline pipeline, string name)
        => (await pipeline.Archive.GetBlobClient(name).DownloadContentAsync(Cancellation)).Value.Content.ToArray();

    private static async Task<(JsonElement Json, string Text)> AskAsync(Pipeline pipeline, string route)
    {
        using var answer = await pipeline.Operator.GetAsync(new Uri(route, UriKind.Relative), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return (Json(Encoding.UTF8.GetBytes(text)), text);
    }

    private static async Task<int> CountAsync(Pipeline pipeline, SimulatedConference conference)
        => (await ArchivedFiles.NamesAsync(pipeline.Archive, $"{conference.Id}/")).Count
            + (await ArchivedFiles.NamesAsync(pipeline.Archive, $"transcripts/{conference.Id}.")).Count;

    private static async Task<IReadOnlyList<string>> EraseAsync(Pipeline pipeline, SimulatedConference conference, params string[] more)
    {
        await using var command = ChildProcess.Start("LocalHost", ["erase", "--conference-id", conference.Id, .. more], pipeline.CommandSettings);
        Assert.True(await command.ExitAsync(Cancellation) == 0, string.Join(" | ", [.. command.Errors, .. command.Output]));
        return command.Output;
    }

    private Task<Pipeline> StartAsync()
        => Pipeline.StartAsync(azurite, ("Archive__Enabled", "true"), ("Transcripts__Enabled", "true"));
}
