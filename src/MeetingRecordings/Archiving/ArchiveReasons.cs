namespace MeetingRecordings.Archiving;

/// <summary>Why a message about a recording is dead-lettered, beside DingTalk's codes and the reasons of the fault ladder.</summary>
public static class ArchiveReasons
{
    /// <summary>DingTalk gives no MP4.</summary>
    public const string NoMp4 = "noMp4";

    /// <summary>The source has refused the file in three slices, and no block came.</summary>
    public const string SourceRefused = "sourceRefused";

    /// <summary>The URL leads to where nothing may be fetched.</summary>
    public const string SourceNotAllowed = "sourceNotAllowed";

    /// <summary>The source gives no parts of a file that is too large to be fetched in one piece.</summary>
    public const string NoRange = "noRange";

    /// <summary>What to do about each.</summary>
    public static IReadOnlyDictionary<string, string> Advice { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [NoMp4] = "DingTalk gives only a playlist of this video, or nothing. Look at it in DingTalk; if a file can be had there by now, replay.",
        [SourceRefused] =
            "The place where DingTalk keeps the file has refused it in three slices, each with a new URL. The code says how. "
            + "Try a download in DingTalk; if it works, replay.",
        [SourceNotAllowed] =
            "DingTalk's URL leads to a host that Archive__AllowedHosts does not name, or to an address that is not public. "
            + "The message names the host: if it is DingTalk's, add it, then replay.",
        [NoRange] = "The file is larger than 2 GiB and its source gives no parts, so it cannot be fetched within one message's time. Fetch it by hand.",
    };
}
