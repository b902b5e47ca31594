namespace MeetingRecordings.Functions.Health;

/// <summary>What came of trying something that the app needs.</summary>
/// <param name="Name">What it is: <c>queue</c>, <c>poisonQueue</c>, <c>blob</c>, <c>token</c> or, with a budget, <c>calls</c>.</param>
/// <param name="Ok">Whether it works.</param>
/// <param name="LatencyMs">How long the try took, in milliseconds.</param>
/// <param name="Detail">Why it does not work, or what else there is to say; null where there is nothing.</param>
public sealed record ReadinessCheck(string Name, bool Ok, double LatencyMs, string? Detail);
