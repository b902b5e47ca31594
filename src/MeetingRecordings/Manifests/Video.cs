namespace MeetingRecordings.Manifests;

/// <summary>One recorded file. DingTalk may leave any of its fields out.</summary>
public sealed record Video
{
    /// <summary>The greatest plausible size and duration: 16 TiB, or 557 years. A number that no file has would make a manifest's totals overflow.</summary>
    private const long MaxNumber = 1L << 44;

    /// <summary>The type of the file that DingTalk puts together from the parts of a recording.</summary>
    public const string Composed = "composed";

    /// <summary>Whether a size or duration is one that a file can have, or unknown.</summary>
    internal static bool IsPlausible(long? number) => number is null or (>= 0 and <= MaxNumber);

    /// <summary>The recording it belongs to; several files of one meeting share it.</summary>
    public string? RecordId { get; init; }

    /// <summary>The file: what tells one video from another.</summary>
    public string? MediaId { get; init; }

    /// <summary>The region where DingTalk keeps the file, for instance <c>cn-shenzhen</c>.</summary>
    public string? RegionId { get; init; }

    /// <summary><c>standard</c>, <c>composed</c>, or <c>type</c> and DingTalk's number where it is a new one.</summary>
    public string? RecordType { get; init; }

    /// <summary>The union id of the user who recorded.</summary>
    public string? RecorderUnionId { get; init; }

    /// <summary>The start of the recording, UTC.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The end of the recording, UTC; DingTalk is known to repeat the start here.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The length of the recording, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The size of the file, in bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Where the archive has the file: container and blob; null while it has none.</summary>
    public string? File { get; init; }

    /// <summary>The media id; where DingTalk gave none, the recording and its start stand in, so that nothing is dropped.</summary>
    public string Key => MediaId ?? $"{RecordId}@{StartTime?.ToUnixTimeMilliseconds()}";

    /// <summary>What is known of one file from two answers: known beats unknown, then the earlier start, then the greater value.</summary>
    /// <param name="other">The same file, from another answer.</param>
    public Video Merge(Video other) => new()
    {
        RecordId = Join.Greater(RecordId, other.RecordId),
        MediaId = Join.Greater(MediaId, other.MediaId),
        RegionId = Join.Greater(RegionId, other.RegionId),
        RecordType = Join.Greater(RecordType, other.RecordType),
        RecorderUnionId = Join.Greater(RecorderUnionId, other.RecorderUnionId),
        StartTime = Join.Earlier(StartTime, other.StartTime),
        EndTime = Join.Greater(EndTime, other.EndTime),
        DurationMs = Join.Greater(DurationMs, other.DurationMs),
        FileSize = Join.Greater(FileSize, other.FileSize),
        File = Join.Greater(File, other.File),
    };
}
