using System.Text;
using CsCheck;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

/// <summary>Transcripts of one conference from small pools, so that they overlap, contradict each other and leave things out.</summary>
internal static class TranscriptGen
{
    public const string ConferenceId = "conf-1";

    private static readonly Gen<long?> Time = Gen.Frequency(
        (1, Gen.Const((long?)null)),
        (6, Gen.Long[0, 6].Select(static n => (long?)(n * 1_700))),
        (1, Gen.Long[0, 1L << 44].Select(static n => (long?)n)));

    // What breaks WebVTT, what must survive it, and what is neither.
    private static readonly Gen<string> Text = Gen.OneOf(
            "a", "B", " ", "", "\n", "\r\n\r\n", "\u2028", "\u0085", "\u000b", "\0", "\t",
            "-->", "<v Nobody>", "</v>", "<", ">", "&", "&lt;", "&amp;", "00:00:01.000 --> 00:00:02.000", "NOTE", "WEBVTT", "小钉", "مرحبا", "👩🏽‍💻", "\u202e", "\ufeff", "\"", "\\")
        .Array[0, 5].Select(string.Concat);

    private static readonly Gen<string?> Maybe = Gen.Frequency(
        (1, Gen.Const((string?)null)),
        (3, Text.Select(static text => (string?)text)));

    public static readonly Gen<Sentence> Sentence = Gen.Select(
        Time, Time, Text, static (start, end, text) => new Sentence(start, end, text));

    public static readonly Gen<Paragraph> Paragraph = Gen.Select(
        Maybe, Name("u"), Name("r"), Gen.Select(Time, Time), Text, Sentence.Array[0, 3],
        static (speaker, unionId, recordId, times, text, sentences) => new Paragraph
        {
            Speaker = speaker,
            UnionId = unionId,
            RecordId = recordId,
            StartMs = times.Item1,
            EndMs = times.Item2,
            Text = text,
            Sentences = [.. sentences],
        });

    /// <summary>Paragraphs that differ in little or nothing.</summary>
    public static readonly Gen<Paragraph> Alike = Gen.Select(
        Name("s"), Gen.OneOf<long?>(null, 0, 5), Gen.OneOf<long?>(null, 5), Gen.OneOf("a", "A"),
        Gen.OneOf("", "x").Array[0, 2],
        static (speaker, start, end, text, sentences) => new Paragraph
        {
            Speaker = speaker,
            StartMs = start,
            EndMs = end,
            Text = text,
            Sentences = [.. sentences.Select(one => new Sentence(start, end, one))],
        });

    public static readonly Gen<Transcript> Transcript = Gen.OneOf(Paragraph, Alike).Array[0, 6]
        .Select(static paragraphs => new Transcript(ConferenceId, paragraphs));

    public static string Print(Transcript transcript) => Encoding.UTF8.GetString(TranscriptJson.Serialize(transcript));

    private static Gen<string?> Name(string prefix) => Gen.Int[0, 2].Select(n => n == 0 ? null : $"{prefix}{n}");
}
