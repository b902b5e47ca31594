using MeetingRecordings.Conferences;

namespace MeetingRecordings.Functions.Manifests;

/// <summary>The blob names of manifests: the conference id and <c>.json</c>.</summary>
internal static class ManifestBlobName
{
    private const string Extension = ".json";

    public static string Of(string conferenceId) => $"{conferenceId}{Extension}";

    /// <summary>The conference whose manifest has that name; null where it is another blob's.</summary>
    public static string? ToConferenceId(string name)
        => name.EndsWith(Extension, StringComparison.Ordinal) && Identifiers.IsConferenceId(name[..^Extension.Length]) ? name[..^Extension.Length] : null;
}
