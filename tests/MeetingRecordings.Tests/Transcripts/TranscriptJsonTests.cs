using System.Globalization;
using System.Text;
using CsCheck;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

public sealed class TranscriptJsonTests
{
    [Fact]
    public void A_transcript_is_written_as_exactly_these_bytes()
    {
        var written = TranscriptJson.Serialize(GoldenTranscript.Transcript);

        Assert.Equal(Encoding.UTF8.GetString(GoldenTranscript.Json), Encoding.UTF8.GetString(written));
        Assert.Equal(GoldenTranscript.Json, written);
    }

    [Fact]
    public void No_culture_changes_a_byte()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        try
        {
            Assert.Equal(GoldenTranscript.Json, TranscriptJson.Serialize(GoldenTranscript.Transcript));
            Assert.Equal(GoldenTranscript.Vtt, WebVtt.Write(GoldenTranscript.Transcript));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Whatever_is_known_comes_back_from_its_bytes_and_gives_the_same_bytes()
        => TranscriptGen.Transcript.Sample(
            static transcript =>
            {
                var bytes = TranscriptJson.Serialize(transcript);
                var read = TranscriptJson.Deserialize(bytes);
                return read == transcript && TranscriptJson.Serialize(read).AsSpan().SequenceEqual(bytes);
            },
            print: TranscriptGen.Print);

    [Fact]
    public void A_byte_order_mark_and_what_a_later_version_added_are_skipped()
    {
        var json = Encoding.UTF8.GetString(GoldenTranscript.Json)
            .Replace("\"paragraphs\"", "\"added\": [1], \"paragraphs\"", StringComparison.Ordinal);

        Assert.Equal(GoldenTranscript.Transcript, TranscriptJson.Deserialize(Encoding.UTF8.GetBytes($"\ufeff{json}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"schemaVersion":2,"conferenceId":"a","paragraphs":[]}""")]
    [InlineData("""{"schemaVersion":0,"conferenceId":"a","paragraphs":[]}""")]
    [InlineData("""{"schemaVersion":"1","conferenceId":"a","paragraphs":[]}""")]
    [InlineData("""{"schemaVersion":1,"paragraphs":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a"}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":null}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":{}}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[null]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"sentences":[]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t"}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[null]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[{"startMs":1}]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[],"startMs":-1}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[],"endMs":17592186044417}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[],"startMs":"soon"}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"t","sentences":[{"text":"t","endMs":-1}]}]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"a","paragraphs":[{"text":"\ud83d","sentences":[]}]}""")]
    public void What_is_no_transcript_of_this_version_is_refused_rather_than_written_over(string json)
        => Assert.Throws<InvalidDataException>(() => TranscriptJson.Deserialize(Encoding.UTF8.GetBytes(json)));
}
