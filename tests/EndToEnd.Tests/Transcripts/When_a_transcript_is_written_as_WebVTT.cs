using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using DingTalkSimulator;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Transcripts;

namespace EndToEnd.Tests.Transcripts;

public sealed partial class When_a_transcript_is_written_as_WebVTT
{
    private const int Transcripts = 500;

    // What breaks WebVTT, what must survive it, and what is neither.
    private static readonly Gen<string> Text = Gen.OneOf(
            "a", "B", " ", "", "\n", "\r\n\r\n", "\u2028", "\u0085", "\u000b", "\u0001", "\t",
            "-->", "<v Nobody>", "</v>", "<00:00:01.000>", "<", ">", "&", "&lt;", "&amp;", ";", "00:00:01.000 --> 00:00:02.000",
            "NOTE", "STYLE", "WEBVTT", "小钉", "مرحبا", "👩🏽‍💻", "\u202e", "\ufeff")
        .Array[0, 6].Select(string.Concat);

    private static readonly Gen<long?> Time = Gen.OneOf(
        Gen.Const((long?)null), Gen.Long[-1, 12].Select(static n => (long?)(n * 1_500)), Gen.Long[0, 1L << 44].Select(static n => (long?)n));

    private static readonly Gen<Transcript> Transcript = Gen.Select(Text, Text, Time, Time)
        .Select(static said => new Paragraph { Speaker = said.Item1, Text = said.Item2, StartMs = said.Item3, EndMs = said.Item4 })
        .Array[0, 8].Select(static paragraphs => new Transcript("conf-1", paragraphs));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parser_reads_all_that_was_said_in_a_meeting()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(), Stop);
        var conference = server.Tenant.AddConference();
        var transcript = await ReadAsync(server, conference);

        var file = Assert.Single(await WebVttParser.ReadAsync([WebVtt.Write(transcript)]));

        Assert.Empty(file.Errors);
        Assert.Equal(
            conference.Texts.OrderBy(text => text.StartTime).Where(text => OneLine(text.Text).Length > 0)
                .Select(text => (text.StartTime, text.NickName, OneLine(text.Text))),
            file.Cues.Select(cue => (cue.StartMs, WebUtility.HtmlDecode(cue.Voice!), OneLine(cue.Text))));
        Assert.All(file.Cues, cue => Assert.True(cue.EndMs > cue.StartMs));
    }

    [Fact]
    public async Task A_parser_finds_no_fault_and_every_text_whatever_people_said()
    {
        var transcripts = Transcript.Array[Transcripts].Single();

        var files = await WebVttParser.ReadAsync(transcripts.Select(WebVtt.Write));

        Assert.Equal(Transcripts, files.Count);
        Assert.All(transcripts.Zip(files), static pair =>
        {
            var (transcript, file) = pair;
            Assert.Empty(file.Errors);
            Assert.Equal(
                transcript.Paragraphs.Where(static p => OneLine(p.Text).Length > 0)
                    .Select(static p => (OneLine(p.Speaker!), OneLine(p.Text))).Order(),
                file.Cues.Select(static cue => (WebUtility.HtmlDecode(cue.Voice ?? ""), OneLine(cue.Text))).Order());
        });
    }

    [Fact]
    public async Task The_parser_does_find_faults()
    {
        var file = Assert.Single(await WebVttParser.ReadAsync(["WEBVTT\n\n00:02.000 --> 00:01.000\na <b & b\n"u8.ToArray()]));

        Assert.NotEmpty(file.Errors);
    }

    private static async Task<Transcript> ReadAsync(SimulatorServer server, SimulatedConference conference)
    {
        var options = new DingTalkOptions(server.BaseAddress, server.Options.AppKey, server.Options.AppSecret);
        using var client = DingTalkHttp.CreateClient(options);
        using var http = new DingTalkHttp(client, options, TimeProvider.System);
        var reader = new TranscriptReader(new DingTalkClient(http, new AccessTokens(http, options, TimeProvider.System)));
        var outcome = await reader.ReadAsync(null, conference.Id, [conference.CreatorUnionId], Stop);
        return Assert.IsType<TranscriptOutcome.Found>(outcome).Transcript;
    }

    private static string OneLine(string text) => Gaps().Replace(text, " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Gaps();
}
