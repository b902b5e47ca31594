namespace MeetingRecordings.Functions.Failed;

/// <summary>What was done with one message.</summary>
/// <param name="Id">Its sequence number where it lay.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="ConferenceId">The conference; null where it is not known.</param>
/// <param name="MessageId">The id of the message that a replay has sent; null where there is none.</param>
/// <param name="Detail">What stood in the way; null where nothing did.</param>
public sealed record MessageResult(
    long Id, MessageOutcome Outcome, string? ConferenceId = null, string? MessageId = null, string? Detail = null);
