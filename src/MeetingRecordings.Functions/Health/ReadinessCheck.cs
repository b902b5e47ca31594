namespace MeetingRecordings.Functions.Health;

/// <summary>What came of trying something that the app needs.</summary>
/// <param name="Name">What it is: <c>queue</c>, <c>blob</c> or <c>token</c>.</param>
/// <param name="Ok">Whether it works.</param>
/// <param name="LatencyMs">How long the try took, in milliseconds.</param>
/// <param name="Detail">Why it does not work; null where it does.</param>
public sealed record ReadinessCheck(string Name, bool Ok, double LatencyMs, string? Detail);
