namespace MeetingRecordings.Manifests;

/// <summary>Keeps one manifest per conference.</summary>
public interface IManifestStore
{
    /// <summary>Merges a manifest into the stored one, or stores it where there is none.</summary>
    /// <param name="manifest">What is known now.</param>
    /// <param name="requestId">DingTalk's id of the request that told it, kept beside the manifest; null where it gave none.</param>
    /// <param name="expectStored">Whether one is likely to be there: saves a refused write where it is, and costs a read where it is not.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="StoreException">The store cannot be reached, refuses, or holds something that is no manifest.</exception>
    Task<ManifestWrite> MergeAsync(Manifest manifest, string? requestId, bool expectStored, CancellationToken cancellationToken);

    /// <summary>A conference's stored manifest; null where there is none.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="StoreException">The store cannot be reached, refuses, or holds something that is no manifest.</exception>
    Task<Manifest?> ReadAsync(string conferenceId, CancellationToken cancellationToken);
}
