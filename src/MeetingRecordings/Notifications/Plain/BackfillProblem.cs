namespace MeetingRecordings.Notifications.Plain;

/// <summary>A line of a back-fill list that cannot be used.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Problem">The field at fault.</param>
public sealed record BackfillProblem(int Line, FieldProblem Problem);
