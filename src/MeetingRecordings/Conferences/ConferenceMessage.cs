namespace MeetingRecordings.Conferences;

/// <summary>The body of a message on the conference queue: which conference to look at, and why.</summary>
/// <param name="ConferenceId">The conference, of the form that <see cref="Identifiers.IsConferenceId"/> accepts.</param>
/// <param name="UnionId">The user in whose name DingTalk is asked; null where the notification named none.</param>
/// <param name="CorpId">The organisation; null where the notification named none.</param>
/// <param name="EndedAt">The end of the meeting, UTC; null where it is not known.</param>
/// <param name="Trigger">Why the conference is looked at.</param>
public sealed record ConferenceMessage(
    string ConferenceId,
    string? UnionId,
    string? CorpId,
    DateTimeOffset? EndedAt,
    Trigger Trigger);
