using System.Text.Json.Serialization;

namespace MeetingRecordings.Archiving;

/// <summary>
/// The body of a message on the recording queue: which video to archive, or, where it names none, that what was said is. It holds ids, and
/// never a URL.
/// </summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="CorpId">Its organisation; null where nobody said.</param>
/// <param name="UnionId">The user in whose name DingTalk listed the video; null where it is not known.</param>
public sealed record ArchiveMessage(string ConferenceId, string? CorpId, string? UnionId)
{
    /// <summary>The video; null where the message is about what was said.</summary>
    public string? MediaId { get; init; }

    /// <summary>Where DingTalk keeps the video.</summary>
    public string? RegionId { get; init; }

    /// <summary>What kind of file it is, as the manifest has it.</summary>
    public string? RecordType { get; init; }

    /// <summary>The length of the recording, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Whether an operator asked for it: then it is looked for again even where DingTalk did not have it any more.</summary>
    public bool Again { get; init; }

    /// <summary>Where the lineage of its messages begins.</summary>
    [JsonIgnore]
    public string Root => MediaId is null ? $"{ConferenceId}:transcript" : $"{ConferenceId}:archive:{MediaId}";
}
