namespace MeetingRecordings.Notifications.Plain;

/// <summary>One plain notification, as it came.</summary>
internal sealed record PlainNotificationBody(string? ConferenceId, string? UnionId, string? CorpId, string? EndedAt);
