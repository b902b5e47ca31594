namespace MeetingRecordings.Functions.Health;

/// <summary>Whether the app can do its work.</summary>
/// <param name="Ready">Whether everything that it needs works.</param>
/// <param name="CheckedAt">When that was tried, UTC; a report is good for ten seconds.</param>
/// <param name="Checks">One for each thing that it needs.</param>
public sealed record ReadinessReport(bool Ready, DateTimeOffset CheckedAt, IReadOnlyList<ReadinessCheck> Checks);
