using System.Text.Json.Serialization;

namespace LocalHost.Demo;

/// <summary>What came of a demo.</summary>
/// <param name="Pushed">The meetings whose end was pushed.</param>
/// <param name="Manifests">Those whose manifest lies in Blob Storage with every video.</param>
/// <param name="Poisoned">The messages in the poison queue.</param>
/// <param name="DeadLettered">The messages in the dead-letter queue.</param>
/// <param name="Lost">The meetings that are in none of these places.</param>
/// <param name="ElapsedMs">From the first push to the last manifest, in milliseconds.</param>
/// <param name="ManifestNames">The names of the blobs.</param>
internal sealed record DemoResult(
    int Pushed,
    int Manifests,
    long Poisoned,
    long DeadLettered,
    long Lost,
    long ElapsedMs,
    IReadOnlyList<string> ManifestNames)
{
    /// <summary>The files that are archived, whole; null where none was to be.</summary>
    public int? RecordingsArchived { get; init; }

    /// <summary>The transcripts that are archived; null where none was to be.</summary>
    public int? Transcripts { get; init; }

    /// <summary>The files and transcripts that should be archived and are not.</summary>
    [JsonIgnore]
    public int NotArchived { get; init; }

    public override string ToString()
        => $"{Pushed} pushed, {Manifests} manifests, {Poisoned} poisoned, {DeadLettered} dead-lettered, {Lost} lost"
            + (RecordingsArchived is null ? "" : $", {RecordingsArchived} recordings archived, {Transcripts} transcripts");
}
