using System.Text.Json;

namespace MeetingRecordings.Conferences;

/// <summary>The JSON of <see cref="ConferenceMessage"/>, as it travels on the queue.</summary>
public static class ConferenceMessageJson
{
    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Serialize(ConferenceMessage message)
        => JsonSerializer.SerializeToUtf8Bytes(message, ConferenceMessageJsonContext.Default.ConferenceMessage);

    /// <summary>Reads a message.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="message">The message, where the result is null.</param>
    /// <returns>Null, or what is wrong: the field and what was expected.</returns>
    public static string? TryDeserialize(ReadOnlySpan<byte> body, out ConferenceMessage message)
    {
        message = null!;
        ConferenceMessage? read;
        try
        {
            read = JsonSerializer.Deserialize(body, ConferenceMessageJsonContext.Default.ConferenceMessage);
        }
        catch (JsonException e)
        {
            return $"The body is no JSON conference message (at {e.Path ?? "$"}, byte {e.BytePositionInLine ?? 0}).";
        }

        if (!Identifiers.IsConferenceId(read?.ConferenceId))
        {
            return $"conferenceId: expected {Identifiers.ConferenceIdGrammar}.";
        }

        if (read!.UnionId is not null && !Identifiers.IsPrincipal(read.UnionId))
        {
            return $"unionId: expected {Identifiers.PrincipalGrammar}, or null.";
        }

        if (read.CorpId is not null && !Identifiers.IsPrincipal(read.CorpId))
        {
            return $"corpId: expected {Identifiers.PrincipalGrammar}, or null.";
        }

        // A number in place of the name may be any.
        if (!Enum.IsDefined(read.Trigger))
        {
            return "trigger: expected meetingEnded, recordingReady, recheck, backfill or replay.";
        }

        message = read;
        return null;
    }
}
