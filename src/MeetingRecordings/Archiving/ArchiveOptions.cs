namespace MeetingRecordings.Archiving;

/// <summary>What of the recordings is archived.</summary>
public sealed record ArchiveOptions
{
    /// <summary>Which files. Default: all.</summary>
    public ArchivedVideos Videos { get; init; }

    /// <summary>The least length of a recording; shorter ones are skipped. Default: zero, none is.</summary>
    public TimeSpan MinDuration { get; init; }

    /// <summary>The greatest length of a file in bytes; larger ones are skipped. Default: null, what a blob of 16 MiB blocks holds, 781 GiB.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The most metered calls for files and transcripts in a day, of all instances together. Default: null, no limit.</summary>
    public int? CallsPerDay { get; init; }

    /// <summary>Whether each file is read back and its SHA-256 written down. Default: false; it is where one pass made it.</summary>
    public bool VerifiesSha256 { get; init; }
}
