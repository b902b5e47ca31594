namespace MeetingRecordings.Functions.Archive;

/// <summary>What the archive has of a conference.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Recordings">Its videos.</param>
/// <param name="Transcript">What was said; null where the archive does not have it.</param>
/// <param name="LinksExpireAt">Until when the links can be used, UTC; null where there are none.</param>
public sealed record ConferenceArchive(
    string ConferenceId, IReadOnlyList<ArchivedRecording> Recordings, ArchivedTranscript? Transcript, DateTimeOffset? LinksExpireAt);
