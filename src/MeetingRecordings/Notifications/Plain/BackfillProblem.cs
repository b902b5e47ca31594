namespace MeetingRecordings.Notifications.Plain;

/// <summary>A line of a back-fill list that cannot be used.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Expected">What was expected there.</param>
public sealed record BackfillProblem(int Line, string Field, string Expected);
