using MeetingRecordings.Conferences;

namespace MeetingRecordings.Fetching;

/// <summary>What came of one look at a conference, and what is to be done with its message.</summary>
/// <param name="Message">The message, with the union id that proved right.</param>
/// <param name="Outcome">What came of the look.</param>
/// <param name="Action">What is to be done.</param>
public sealed record FetchResult(ConferenceMessage Message, LookOutcome Outcome, RecoveryAction Action);
