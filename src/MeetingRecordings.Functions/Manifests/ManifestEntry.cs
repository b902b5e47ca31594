namespace MeetingRecordings.Functions.Manifests;

/// <summary>A manifest in a list, with the tags that were asked for; all of them where every manifest was.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Status"><c>recorded</c> or <c>notRecorded</c>.</param>
/// <param name="EndedOn">The day on which the meeting ended, UTC.</param>
/// <param name="CorpId">The organisation's tag.</param>
public sealed record ManifestEntry(string ConferenceId, string? Status, string? EndedOn, string? CorpId);
