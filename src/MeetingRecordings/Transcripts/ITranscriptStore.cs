namespace MeetingRecordings.Transcripts;

/// <summary>Keeps one transcript per conference, as JSON and as WebVTT.</summary>
public interface ITranscriptStore
{
    /// <summary>Merges a transcript into the stored one, or stores it where there is none.</summary>
    /// <param name="transcript">What was read.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>Where it is, container and blob, and how long the JSON is, in bytes.</returns>
    /// <exception cref="StoreException">The store cannot be reached, refuses, or holds something that is no transcript.</exception>
    Task<(string Location, long Bytes)> MergeAsync(Transcript transcript, CancellationToken cancellationToken);
}
