using System.Text.Json;
using MeetingRecordings.Conferences;
using MeetingRecordings.Reading;

namespace MeetingRecordings.Manifests;

/// <summary>The canonical JSON of a manifest: the same manifest is always the same bytes.</summary>
public static class ManifestJson
{
    /// <summary>The version of the format, raised when a reader of the old one would misread the new.</summary>
    public const int SchemaVersion = 1;

    private const string RecordedText = "recorded";
    private const string NotRecordedText = "notRecorded";

    /// <summary>Writes a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <returns>UTF-8 JSON, indented, without a byte order mark.</returns>
    public static byte[] Serialize(Manifest manifest)
    {
        var videos = manifest.Videos;
        var body = new ManifestBody(
            SchemaVersion,
            manifest.ConferenceId,
            manifest.CorpId,
            manifest.Meeting.Title,
            manifest.Meeting.OrganizerUnionId,
            manifest.Meeting.ScheduleConferenceId,
            manifest.Meeting.RoomCode,
            manifest.Meeting.StartedAt,
            manifest.EndedAt,
            ToText(manifest.Status),
            manifest.Transcript,
            new ManifestBody.TotalsBody(videos.Length, videos.Sum(static v => v.FileSize ?? 0), videos.Sum(static v => v.DurationMs ?? 0)),
            [.. videos
                .GroupBy(static v => v.RecordId, StringComparer.Ordinal)
                .OrderBy(static r => r.Min(static v => v.StartTime))
                .ThenBy(static r => r.Key, StringComparer.Ordinal)
                .Select(static r => new ManifestBody.RecordingBody(r.Key, [.. r.Select(ToBody)]))]);
        return JsonSerializer.SerializeToUtf8Bytes(body, ManifestJsonContext.Canonical.ManifestBody);
    }

    /// <summary>Reads a manifest that <see cref="Serialize"/> wrote.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="endedAtSource">How well its end is known, which the JSON does not tell.</param>
    /// <exception cref="InvalidDataException">It is none, or of a newer version.</exception>
    public static Manifest Deserialize(ReadOnlySpan<byte> json, EndedAtSource endedAtSource)
    {
        ManifestBody? body;
        try
        {
            body = JsonSerializer.Deserialize(ByteOrderMark.Skip(json), ManifestJsonContext.Canonical.ManifestBody);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The stored manifest is no JSON manifest.", e);
        }

        if (body is not { SchemaVersion: SchemaVersion, ConferenceId: not null, Recordings: not null })
        {
            throw new InvalidDataException($"The stored manifest is not of schemaVersion {SchemaVersion}.");
        }

        if (body.Recordings.Any(static r => r is not { Videos: not null } || r.Videos.Any(static v => v is null)))
        {
            throw new InvalidDataException("The stored manifest has a recording without videos.");
        }

        if (body.Recordings.SelectMany(static r => r.Videos).Any(static v => !Video.IsPlausible(v.FileSize) || !Video.IsPlausible(v.DurationMs)))
        {
            throw new InvalidDataException("The stored manifest has a size or duration that no file has.");
        }

        var manifest = (body.Status, body.Recordings.Count) switch
        {
            (RecordedText, _) => Manifest.Recorded(body.ConferenceId, body.Recordings.SelectMany(static r => r.Videos.Select(v => FromBody(r.RecordId, v)))),
            (NotRecordedText, 0) => Manifest.NotRecorded(body.ConferenceId),
            _ => throw new InvalidDataException("The stored manifest's status is not one that goes with its recordings."),
        };
        return manifest with
        {
            CorpId = body.CorpId,
            EndedAt = body.EndedAt,
            EndedAtSource = endedAtSource,
            Transcript = body.Transcript,
            Meeting = new MeetingDetails
            {
                Title = body.Title,
                OrganizerUnionId = body.OrganizerUnionId,
                ScheduleConferenceId = body.ScheduleConferenceId,
                RoomCode = body.RoomCode,
                StartedAt = body.StartedAt,
            },
        };
    }

    /// <summary>How a status is spelt in the JSON and in the blob's index tag.</summary>
    /// <param name="status">The status.</param>
    public static string ToText(ManifestStatus status) => status == ManifestStatus.Recorded ? RecordedText : NotRecordedText;

    private static ManifestBody.VideoBody ToBody(Video video) => new(
        video.MediaId,
        video.RegionId,
        video.RecordType,
        video.RecorderUnionId,
        video.StartTime,
        video.EndTime,
        video.DurationMs,
        video.FileSize,
        video.File);

    private static Video FromBody(string? recordId, ManifestBody.VideoBody body) => new()
    {
        RecordId = recordId,
        MediaId = body.MediaId,
        RegionId = body.RegionId,
        RecordType = body.RecordType,
        RecorderUnionId = body.RecorderUnionId,
        StartTime = body.StartTime,
        EndTime = body.EndTime,
        DurationMs = body.DurationMs,
        FileSize = body.FileSize,
        File = body.File,
    };
}
