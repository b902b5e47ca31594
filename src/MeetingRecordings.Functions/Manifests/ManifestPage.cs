namespace MeetingRecordings.Functions.Manifests;

/// <summary>Some of the manifests that were looked for, in the order of their conference ids.</summary>
/// <param name="Manifests">The manifests.</param>
/// <param name="Next">Where to go on reading (the parameter <c>from</c>); null at the end.</param>
public sealed record ManifestPage(IReadOnlyList<ManifestEntry> Manifests, string? Next);
