using System.Text.Json;
using MeetingRecordings.Manifests;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Transcripts;

/// <summary>The canonical JSON of a transcript: the same transcript is always the same bytes.</summary>
public static class TranscriptJson
{
    /// <summary>The version of the format, raised when a reader of the old one would misread the new.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes a transcript.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <returns>UTF-8 JSON, indented, without a byte order mark.</returns>
    public static byte[] Serialize(Transcript transcript)
        => JsonSerializer.SerializeToUtf8Bytes(
            new TranscriptBody(SchemaVersion, transcript.ConferenceId, [.. transcript.Paragraphs.Select(ToBody)]),
            TranscriptJsonContext.Canonical.TranscriptBody);

    /// <summary>Reads a transcript that <see cref="Serialize"/> wrote.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static Transcript Deserialize(ReadOnlySpan<byte> json)
    {
        TranscriptBody? body;
        try
        {
            body = JsonSerializer.Deserialize(ByteOrderMark.Skip(json), TranscriptJsonContext.Canonical.TranscriptBody);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The stored transcript is no JSON transcript.", e);
        }

        if (body is not { SchemaVersion: SchemaVersion, ConferenceId: not null, Paragraphs: not null })
        {
            throw new InvalidDataException($"The stored transcript is not of schemaVersion {SchemaVersion}.");
        }

        if (body.Paragraphs.Any(static p => p is not { Text: not null, Sentences: not null }
            || p.Sentences.Any(static s => s is not { Text: not null })))
        {
            throw new InvalidDataException("The stored transcript has a paragraph or sentence without text.");
        }

        var sentences = body.Paragraphs.SelectMany(static p => p.Sentences.Append(new(p.StartMs, p.EndMs, p.Text)));
        if (!sentences.All(static s => Video.IsPlausible(s.StartMs) && Video.IsPlausible(s.EndMs)))
        {
            throw new InvalidDataException("The stored transcript has a time that no recording has.");
        }

        return new Transcript(body.ConferenceId, body.Paragraphs.Select(FromBody));
    }

    private static TranscriptBody.ParagraphBody ToBody(Paragraph paragraph) => new(
        paragraph.Speaker,
        paragraph.UnionId,
        paragraph.RecordId,
        paragraph.StartMs,
        paragraph.EndMs,
        paragraph.Text,
        [.. paragraph.Sentences.Select(static s => new TranscriptBody.SentenceBody(s.StartMs, s.EndMs, s.Text))]);

    private static Paragraph FromBody(TranscriptBody.ParagraphBody body) => new()
    {
        Speaker = body.Speaker,
        UnionId = body.UnionId,
        RecordId = body.RecordId,
        StartMs = body.StartMs,
        EndMs = body.EndMs,
        Text = body.Text,
        Sentences = [.. body.Sentences.Select(static s => new Sentence(s.StartMs, s.EndMs, s.Text))],
    };
}
