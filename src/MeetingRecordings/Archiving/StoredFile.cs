namespace MeetingRecordings.Archiving;

/// <summary>A file as it is stored.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Source">What it was at its source, as far as that was kept with it.</param>
public sealed record StoredFile(long Length, SourceIdentity Source)
{
    /// <summary>Whether it has the length that it had at its source.</summary>
    public bool IsWhole => Length > 0 && (Source.Length ?? Length) == Length;
}
