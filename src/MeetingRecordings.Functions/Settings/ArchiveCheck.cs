namespace MeetingRecordings.Functions.Settings;

/// <summary>How an archived file is verified, as the setting <c>Archive__Verify</c> names it.</summary>
internal enum ArchiveCheck
{
    /// <summary>Each block's checksum, and the file's length.</summary>
    Length,

    /// <summary>The file is read back too, and its SHA-256 written down.</summary>
    Sha256,
}
