namespace MeetingRecordings.Functions.Queues;

/// <summary>The notifications that this instance of the app has put on the conference queue. Replays are none.</summary>
/// <param name="Count">How many.</param>
/// <param name="Since">Since when they are counted, UTC.</param>
public sealed record AcceptedNotifications(long Count, DateTimeOffset Since);
