using System.Globalization;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>The index tags of a manifest's blob, by which Blob Storage finds manifests.</summary>
public static class ManifestTags
{
    /// <summary><c>recorded</c> or <c>notRecorded</c>.</summary>
    public const string Status = "status";

    /// <summary>The organisation, with every character that a tag may not hold replaced by <c>_</c>; absent where it is not known.</summary>
    public const string CorpId = "corpId";

    /// <summary>The day on which the meeting ended, UTC, <c>yyyy-MM-dd</c>; absent where it is not known.</summary>
    public const string EndedOn = "endedOn";

    /// <summary>How a day is written in <see cref="EndedOn"/>.</summary>
    internal const string DayFormat = "yyyy-MM-dd";

    /// <summary>The day of an instant, as <see cref="EndedOn"/> has it.</summary>
    internal static string DayOf(DateTimeOffset instant) => instant.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Whether a tag of that name is the app's; what others have set is kept.</summary>
    internal static bool IsOurs(string name) => name is Status or CorpId or EndedOn;
}
