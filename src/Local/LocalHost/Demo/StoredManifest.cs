using MeetingRecordings.Manifests;

namespace LocalHost.Demo;

/// <summary>A manifest as it was read back from Blob Storage.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Json">The blob's text.</param>
/// <param name="Manifest">What it says.</param>
internal sealed record StoredManifest(string Name, string Json, Manifest Manifest);
