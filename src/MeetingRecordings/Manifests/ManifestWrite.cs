namespace MeetingRecordings.Manifests;

/// <summary>What a merge did to the store.</summary>
public enum ManifestWrite
{
    /// <summary>There was no manifest; now there is.</summary>
    Created,

    /// <summary>The stored manifest has learned something.</summary>
    Updated,

    /// <summary>The stored manifest already said all of it; nothing was written.</summary>
    Unchanged,
}
