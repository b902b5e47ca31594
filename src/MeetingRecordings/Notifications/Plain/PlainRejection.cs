namespace MeetingRecordings.Notifications.Plain;

/// <summary>A notification that cannot be accepted.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Expected">What was expected there.</param>
public sealed record PlainRejection(int Index, string Field, string Expected);
