namespace MeetingRecordings.Manifests;

/// <summary>What is known of a conference's recordings. A greater value beats a smaller one.</summary>
public enum ManifestStatus
{
    /// <summary>DingTalk has no recording of the conference.</summary>
    NotRecorded = 0,

    /// <summary>DingTalk has recordings of the conference.</summary>
    Recorded = 1,
}
