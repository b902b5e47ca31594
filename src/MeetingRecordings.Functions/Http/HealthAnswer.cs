namespace MeetingRecordings.Functions.Http;

/// <summary>The answer of an app that runs.</summary>
/// <param name="Status"><c>ok</c>.</param>
public sealed record HealthAnswer(string Status);
