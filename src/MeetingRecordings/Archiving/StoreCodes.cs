namespace MeetingRecordings.Archiving;

/// <summary>The codes of a <see cref="StoreException"/> that are answered in a way of their own; they are Blob Storage's.</summary>
public static class StoreCodes
{
    /// <summary>A block did not arrive as it was sent.</summary>
    public const string ChecksumMismatch = "Md5Mismatch";

    /// <summary>A block's id does not go with those that wait, or the blob is of another kind.</summary>
    public const string InvalidBlock = "InvalidBlobOrBlock";
}
