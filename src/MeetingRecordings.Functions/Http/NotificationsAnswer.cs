namespace MeetingRecordings.Functions.Http;

/// <summary>The answer to plain notifications.</summary>
/// <param name="Accepted">Those that are on the queue.</param>
/// <param name="Rejected">Those that are not.</param>
public sealed record NotificationsAnswer(IReadOnlyList<AcceptedNotification> Accepted, IReadOnlyList<RejectedNotification> Rejected);
