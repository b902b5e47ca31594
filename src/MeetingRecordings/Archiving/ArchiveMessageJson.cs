using System.Text.Json;
using MeetingRecordings.Conferences;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Archiving;

/// <summary>The JSON of <see cref="ArchiveMessage"/>, UTF-8, as it travels on the queue.</summary>
public static class ArchiveMessageJson
{
    private const int MaxIdLength = 1024;

    /// <summary>Writes a message.</summary>
    public static byte[] Serialize(ArchiveMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ArchiveJsonContext.Written.ArchiveMessage);

    /// <summary>Reads a message.</summary>
    public static Parsed<ArchiveMessage> Parse(ReadOnlySpan<byte> body)
    {
        ArchiveMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(ByteOrderMark.Skip(body), ArchiveJsonContext.Written.ArchiveMessage);
        }
        catch (JsonException e)
        {
            return new FieldProblem(e.Path ?? "$", $"the JSON of a message about a recording (byte {e.BytePositionInLine ?? 0})");
        }

        if (Identifiers.ProblemOf(message?.ConferenceId, message?.UnionId, message?.CorpId) is { } problem)
        {
            return problem;
        }

        return message is { MediaId.Length: 0 or > MaxIdLength } ? new FieldProblem("mediaId", $"1 to {MaxIdLength} characters")
            : message is { MediaId: not null, RegionId: null or { Length: 0 or > MaxIdLength } } ? new FieldProblem("regionId", $"1 to {MaxIdLength} characters")
            : message!;
    }
}
