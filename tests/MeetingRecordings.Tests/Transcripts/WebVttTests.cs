using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

public sealed partial class WebVttTests
{
    [Fact]
    public void A_transcript_is_written_as_exactly_these_bytes()
    {
        Assert.Equal(Encoding.UTF8.GetString(GoldenTranscript.Vtt), Written(GoldenTranscript.Transcript));
        Assert.Equal(GoldenTranscript.Vtt, WebVtt.Write(GoldenTranscript.Transcript));
    }

    [Fact]
    public void No_paragraph_gives_a_file_without_cues() => Assert.Equal("WEBVTT\n", Written(new Transcript("conf-1", [])));

    [Theory]
    [InlineData("a & b < c > d", "a &amp; b &lt; c &gt; d")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("00:00:01.000 --> 00:00:02.000", "00:00:01.000 --&gt; 00:00:02.000")]
    [InlineData("one\r\ntwo\rthree\u2028four\u2029five\u0085six\fseven", "one\ntwo\nthree\nfour\nfive\nsix\nseven")]
    [InlineData("\n\none\n\n  \n\u0001\n two \n", "one\ntwo")]
    [InlineData("a\0b\tc\u001b[31m\u009bd", "a b c [31m d")]
    [InlineData("👩🏽‍💻 مرحبا \u200fبالجميع\u200e", "👩🏽‍💻 مرحبا \u200fبالجميع\u200e")]
    public void Text_is_escaped_and_on_lines_without_a_gap(string text, string expected)
        => Assert.Equal(
            $"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{expected}\n",
            Written(new Paragraph { StartMs = 1_000, EndMs = 2_000, Text = text }));

    [Fact]
    public void Half_a_pair_is_replaced() => Assert.EndsWith("half \ufffd\n", Written(new Paragraph { Text = "half \ud83d" }));

    [Theory]
    [InlineData("小钉", "<v 小钉>")]
    [InlineData("李雷 <Lei>", "<v 李雷 &lt;Lei&gt;>")]
    [InlineData(" R&D\r\n\r\nTeam\t", "<v R&amp;D Team>")]
    [InlineData(" \n ", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void The_speaker_is_the_voice(string? speaker, string expected)
        => Assert.Equal(
            $"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{expected}text\n",
            Written(new Paragraph { Speaker = speaker, StartMs = 1_000, EndMs = 2_000, Text = "text" }));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n\u0001\r\n")]
    public void What_has_no_text_is_left_out(string text) => Assert.Empty(CuesOf(new Paragraph
    {
        Speaker = "s",
        StartMs = 1,
        EndMs = 2,
        Text = text,
        Sentences = [new Sentence(1, 2, text)],
    }));

    [Fact]
    public void Sentences_are_cues_of_their_own_and_blank_ones_are_none()
        => Assert.Equal(
            ["00:00:01.000 --> 00:00:02.000|<v s>one", "00:00:02.000 --> 00:00:03.000|<v s>two"],
            CuesOf(new Paragraph
            {
                Speaker = "s",
                StartMs = 1_000,
                EndMs = 3_000,
                Text = "one two",
                Sentences = [new Sentence(1_000, 2_000, "one"), new Sentence(null, null, " "), new Sentence(2_000, 3_000, "two")],
            }));

    [Fact]
    public void A_paragraph_of_which_a_sentence_has_no_start_is_one_cue()
        => Assert.Equal(
            ["00:00:01.000 --> 00:00:03.000|one two"],
            CuesOf(new Paragraph
            {
                StartMs = 1_000,
                EndMs = 3_000,
                Text = "one two",
                Sentences = [new Sentence(1_000, 2_000, "one"), new Sentence(-1, 3_000, "two")],
            }));

    [Fact]
    public void A_paragraph_whose_only_text_is_in_its_sentences_is_written_all_the_same()
        => Assert.Equal(
            ["00:00:00.000 --> 00:00:10.000|one"], CuesOf(new Paragraph { Text = " ", Sentences = [new Sentence(null, null, "one")] }));

    [Theory]
    [InlineData(null)]
    [InlineData(1_000L)]
    [InlineData(999L)]
    [InlineData(-5L)]
    [InlineData(long.MaxValue)]
    public void A_cue_without_a_later_end_lasts_until_the_next_within_2_and_10_seconds(long? end)
    {
        string LengthBefore(long next) => CuesOf(
            new Paragraph { StartMs = 1_000, EndMs = end, Text = "a" }, new Paragraph { StartMs = next, EndMs = next + 1, Text = "b" })[0];

        Assert.Equal("00:00:01.000 --> 00:00:06.500|a", LengthBefore(6_500));
        Assert.Equal("00:00:01.000 --> 00:00:03.000|a", LengthBefore(1_001));
        Assert.Equal("00:00:01.000 --> 00:00:11.000|a", LengthBefore(60_000));
        Assert.Equal("00:00:01.000 --> 00:00:11.000|a", CuesOf(new Paragraph { StartMs = 1_000, EndMs = end, Text = "a" }).Single());
    }

    [Fact]
    public void Cues_that_overlap_keep_their_times_in_the_order_of_their_starts()
        => Assert.Equal(
            ["00:00:01.000 --> 00:00:09.000|a", "00:00:04.000 --> 00:00:05.000|b", "00:00:06.000 --> 00:00:07.000|c"],
            CuesOf(
                new Paragraph { StartMs = 1_000, Text = "a c", Sentences = [new Sentence(1_000, 9_000, "a"), new Sentence(6_000, 7_000, "c")] },
                new Paragraph { StartMs = 4_000, EndMs = 5_000, Text = "b" }));

    [Theory]
    [InlineData(null)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void What_has_no_possible_start_stands_behind_the_latest_end(long? start)
        => Assert.Equal(
            [
                "00:00:01.000 --> 00:00:30.000|a",
                "00:00:02.000 --> 00:00:03.000|b",
                "00:00:30.000 --> 00:00:40.000|c",
                "00:00:40.000 --> 00:00:50.000|d",
            ],
            CuesOf(
                new Paragraph { StartMs = start, EndMs = 7_000, Text = "c" },
                new Paragraph { StartMs = start, EndMs = 8_000, Text = "d" },
                new Paragraph { StartMs = 1_000, EndMs = 30_000, Text = "a" },
                new Paragraph { StartMs = 2_000, EndMs = 3_000, Text = "b" }));

    [Fact]
    public void Hours_may_have_more_than_two_digits()
        => Assert.Equal(
            ["100:00:00.001 --> 4886718:20:44.416|a"], CuesOf(new Paragraph { StartMs = 360_000_001, EndMs = 1L << 44, Text = "a" }));

    [Fact]
    public void Whatever_was_said_is_WebVTT()
        => TranscriptGen.Transcript.Sample(
            static transcript =>
            {
                var blocks = Written(transcript).Split("\n\n");
                var starts = blocks[1..].Select(static block => TimesOf(Cue().Match(block))).ToList();
                return blocks[0].TrimEnd('\n') == "WEBVTT"
                    && blocks[1..].All(static block => Cue().IsMatch(block))
                    && starts.All(static cue => cue.Start < cue.End)
                    && starts.Zip(starts.Skip(1)).All(static pair => pair.First.Start <= pair.Second.Start);
            },
            print: TranscriptGen.Print);

    private static (double Start, double End) TimesOf(Match cue)
    {
        double SecondsAt(int group) => Enumerable.Range(group, 3)
            .Aggregate(0d, (sum, i) => sum * 60 + double.Parse(cue.Groups[i].Value, CultureInfo.InvariantCulture));
        return (SecondsAt(1), SecondsAt(4));
    }

    private static string[] CuesOf(params Paragraph[] paragraphs)
        => [.. Written(paragraphs).TrimEnd('\n').Split("\n\n").Skip(1).Select(static cue => cue.Replace('\n', '|'))];

    private static string Written(params Paragraph[] paragraphs) => Written(new Transcript("conf-1", paragraphs));

    private static string Written(Transcript transcript) => Encoding.UTF8.GetString(WebVtt.Write(transcript));

    // A cue: its times, a voice or none, and lines that are not empty, with markup only as escapes.
    [GeneratedRegex(
        """
        ^(\d{2,}):(\d\d):(\d\d\.\d{3})[ ]-->[ ](\d{2,}):(\d\d):(\d\d\.\d{3})\n
        (<v[ ]([^<>&\n\r\0]|&(amp|lt|gt);)+>)?
        (([^<>&\r\n\0]|&(amp|lt|gt);)+(\n|\z))+\z
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Cue();
}
