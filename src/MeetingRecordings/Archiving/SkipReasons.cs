namespace MeetingRecordings.Archiving;

/// <summary>Why a recording is not archived.</summary>
public static class SkipReasons
{
    /// <summary>It is shorter than <see cref="ArchiveOptions.MinDuration"/>.</summary>
    public const string TooShort = "tooShort";

    /// <summary>It is larger than <see cref="ArchiveOptions.MaxBytes"/>.</summary>
    public const string TooLarge = "tooLarge";

    /// <summary>It is a part, and only what DingTalk puts together is wanted.</summary>
    public const string NotComposed = "notComposed";
}
