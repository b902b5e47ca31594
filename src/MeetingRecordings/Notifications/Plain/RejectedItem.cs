namespace MeetingRecordings.Notifications.Plain;

/// <summary>A notification that cannot be accepted, among those of one request.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Problem">The field at fault.</param>
public sealed record RejectedItem(int Index, FieldProblem Problem);
