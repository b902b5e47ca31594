namespace MeetingRecordings.Functions.Archive;

/// <summary>A video as an operator sees it in the archive.</summary>
/// <param name="MediaId">The video.</param>
/// <param name="State"><c>archived</c>, <c>skipped</c>, <c>gone</c>, or <c>pending</c> where nothing is written down of it yet.</param>
public sealed record ArchivedRecording(string MediaId, string State)
{
    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>The file's length.</summary>
    public long? Bytes { get; init; }

    /// <summary>The file's SHA-256, in hex; null where it was not computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When that was found, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Where the file is: container and blob.</summary>
    public string? File { get; init; }

    /// <summary>A link that lets anybody read the file for a while, where it was asked for.</summary>
    public Uri? Link { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{MediaId}: {State}";
}
