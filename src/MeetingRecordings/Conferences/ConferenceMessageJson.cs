using System.Text.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Conferences;

/// <summary>The JSON of <see cref="ConferenceMessage"/>, UTF-8, as it travels on the queue.</summary>
public static class ConferenceMessageJson
{
    /// <summary>Writes a message.</summary>
    public static byte[] Serialize(ConferenceMessage message)
        => JsonSerializer.SerializeToUtf8Bytes(message, ConferenceMessageJsonContext.Default.ConferenceMessage);

    /// <summary>Reads a message.</summary>
    public static Parsed<ConferenceMessage> Parse(ReadOnlySpan<byte> body)
    {
        ConferenceMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(ByteOrderMark.Skip(body), ConferenceMessageJsonContext.Default.ConferenceMessage);
        }
        catch (JsonException e)
        {
            return new FieldProblem(e.Path ?? "$", $"the JSON of a conference message (byte {e.BytePositionInLine ?? 0})");
        }

        if (Identifiers.ProblemOf(message?.ConferenceId, message?.UnionId, message?.CorpId) is { } problem)
        {
            return problem;
        }

        // A number in place of the name may be any.
        return Enum.IsDefined(message!.Trigger)
            ? message
            : new FieldProblem("trigger", "meetingEnded, recordingReady, summaryReady, watch, recheck, backfill or replay");
    }
}
