namespace MeetingRecordings.Functions.Tickets;

/// <summary>The metered calls to DingTalk of this month, across instances.</summary>
/// <param name="Used">How many were made.</param>
/// <param name="Budget">How many may be made.</param>
internal sealed record MonthCalls(int Used, int Budget);
