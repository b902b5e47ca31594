namespace DingTalkSimulator.Pushing;

/// <summary>An event of a meeting that was played.</summary>
/// <param name="Event">Which event.</param>
/// <param name="DueAt">When it was to be pushed, UTC.</param>
/// <param name="Push">What came of the push.</param>
public sealed record PlayedEvent(PushedEvent Event, DateTimeOffset DueAt, PushResult Push);
