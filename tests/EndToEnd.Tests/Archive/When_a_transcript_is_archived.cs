using System.Text;
using DingTalkSimulator;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;
using MeetingRecordings.Manifests;
using MeetingRecordings.Transcripts;

namespace EndToEnd.Tests.Archive;

public sealed class When_a_transcript_is_archived(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, TextTraits> Pages => new()
    {
        { "a token in each paragraph", new TextTraits { Paragraphs = 50 } },
        { "a token on top", new TextTraits { Paragraphs = 50, TokenPlace = TokenPlace.Top } },
        { "a token on top, misspelt, as text", new TextTraits { Paragraphs = 50, TokenPlace = TokenPlace.TopMisspelt, TokenAsText = true } },
        { "within result", new TextTraits { Paragraphs = 50, Wrapped = true } },
        { "a token that does not advance", new TextTraits { Paragraphs = 50, Stuck = true } },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task All_that_was_said_is_there_as_JSON_and_as_WebVTT(string pages, TextTraits traits)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = Add(bench, traits);
        await bench.Manifests.MergeAsync(
            Manifest.Recorded(conference.Id, [new Video { MediaId = "m" }]), null, false, Cancellation);

        var result = await bench.TranscribeAsync(conference);

        var json = await ReadAsync(bench, conference, "json");
        Assert.True(result.Outcome is SliceOutcome.Transcribed { Truncated: false } transcribed && transcribed.Bytes == json.Length, pages);
        var transcript = TranscriptJson.Deserialize(json);
        Assert.Equal(conference.Texts.Select(static text => text.Text).Order(), transcript.Paragraphs.Select(static p => p.Text).Order());
        Assert.Equal(WebVtt.Write(transcript), await ReadAsync(bench, conference, "vtt"));
        Assert.Equal(
            $"{bench.Container.Name}/transcripts/{conference.Id}.json",
            (await bench.Manifests.ReadAsync(conference.Id, Cancellation))!.Transcript);
    }

    [Fact]
    public async Task What_is_read_later_is_merged_and_the_WebVTT_follows()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = Add(bench, new TextTraits { Paragraphs = 3 });
        await bench.TranscribeAsync(conference);

        conference.Traits = conference.Traits with { Texts = new TextTraits { Paragraphs = 5 } };
        await bench.TranscribeAsync(conference);
        conference.Traits = conference.Traits with { Texts = new TextTraits { Paragraphs = 2 } };
        await bench.TranscribeAsync(conference);

        var transcript = TranscriptJson.Deserialize(await ReadAsync(bench, conference, "json"));
        Assert.Equal(5, transcript.Paragraphs.Length);
        Assert.Equal(WebVtt.Write(transcript), await ReadAsync(bench, conference, "vtt"));
    }

    [Fact]
    public async Task A_crash_between_the_two_files_is_mended_by_the_next_reading()
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = Add(bench, new TextTraits { Paragraphs = 3 });
        await bench.TranscribeAsync(conference);
        await bench.Container.DeleteBlobAsync($"transcripts/{conference.Id}.vtt", cancellationToken: Cancellation);

        await bench.TranscribeAsync(conference);

        Assert.StartsWith("WEBVTT", Encoding.UTF8.GetString(await ReadAsync(bench, conference, "vtt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Nothing_said_and_no_text_are_told_apart(bool isError, bool knowsNone)
    {
        await using var bench = await ArchiveBench.StartAsync(azurite);
        var conference = Add(bench, new TextTraits { Paragraphs = 0 });
        conference.TextScript.Add(isError
            ? ScriptedAnswer.ApiError.Of("cloudRecordNotFound")
            : new ScriptedAnswer.Raw(200, "application/json", """{"hasMore":false,"paragraphList":[]}"""));

        var result = await bench.TranscribeAsync(conference);

        Assert.Equal(new SliceOutcome.Silent(knowsNone), result.Outcome);
        Assert.False(await bench.Container.GetBlobClient($"transcripts/{conference.Id}.json").ExistsAsync(Cancellation));
    }

    private static SimulatedConference Add(ArchiveBench bench, TextTraits traits)
    {
        var conference = bench.Add(0.1);
        conference.Traits = conference.Traits with { Texts = traits };
        return conference;
    }

    private static async Task<byte[]> ReadAsync(ArchiveBench bench, SimulatedConference conference, string extension)
        => (await bench.Container.GetBlobClient($"transcripts/{conference.Id}.{extension}").DownloadContentAsync(Cancellation)).Value.Content.ToArray();
}
