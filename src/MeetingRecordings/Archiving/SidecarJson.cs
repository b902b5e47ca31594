using System.Text.Json;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Archiving;

/// <summary>The JSON of a <see cref="Sidecar"/>.</summary>
public static class SidecarJson
{
    /// <summary>The version of the format, raised when a reader of the old one would misread the new.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes one.</summary>
    /// <param name="sidecar">What became of a recording.</param>
    /// <param name="file">The name of the file; null where there is none.</param>
    public static byte[] Serialize(Sidecar sidecar, string? file) => JsonSerializer.SerializeToUtf8Bytes(
        new SidecarBody(
            SchemaVersion,
            sidecar.ConferenceId,
            sidecar.MediaId,
            sidecar.State,
            sidecar.Reason,
            file,
            sidecar.Bytes,
            sidecar.Sha256,
            sidecar.SourceETag,
            sidecar.At),
        ArchiveJsonContext.Written.SidecarBody);

    /// <summary>How a state is spelt in the JSON and in the blob's index tag.</summary>
    public static string ToText(ArchiveState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static Sidecar Deserialize(ReadOnlySpan<byte> json)
    {
        SidecarBody? body;
        try
        {
            body = JsonSerializer.Deserialize(ByteOrderMark.Skip(json), ArchiveJsonContext.Written.SidecarBody);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("What is written down of the recording is no JSON of it.", e);
        }

        return body is { SchemaVersion: SchemaVersion, ConferenceId: not null, MediaId: not null } && Enum.IsDefined(body.State)
            ? new Sidecar(body.ConferenceId, body.MediaId, body.State)
            {
                Reason = body.Reason,
                Bytes = body.Bytes,
                Sha256 = body.Sha256,
                SourceETag = body.SourceETag,
                At = body.At,
            }
            : throw new InvalidDataException($"What is written down of the recording is not of schemaVersion {SchemaVersion}.");
    }
}
