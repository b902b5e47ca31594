namespace MeetingRecordings.Functions.Manifests;

/// <summary>The blob metadata of a manifest: what belongs to one run rather than to the conference.</summary>
public static class ManifestMetadata
{
    /// <summary>When this revision was written; ISO 8601, UTC.</summary>
    public const string FetchedAt = "fetchedAt";

    /// <summary>DingTalk's id of the request that told the videos; absent where it gave none.</summary>
    public const string RequestId = "requestId";

    /// <summary>How often the manifest was written, from 1.</summary>
    public const string Revision = "revision";

    /// <summary>How well <c>endedAt</c> is known: <c>Event</c> or <c>Fallback</c>.</summary>
    public const string EndedAtSource = "endedAtSource";

    /// <summary>Whether metadata of that name is the app's; what others have set is kept.</summary>
    internal static bool IsOurs(string name) => new[] { FetchedAt, RequestId, Revision, EndedAtSource }.Contains(name, StringComparer.OrdinalIgnoreCase);
}
