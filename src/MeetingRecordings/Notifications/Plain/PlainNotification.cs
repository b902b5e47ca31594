namespace MeetingRecordings.Notifications.Plain;

/// <summary>A good notification among those of one request.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Notification">What to put on the queue.</param>
public sealed record PlainNotification(int Index, MeetingNotification Notification);
