using DingTalkSimulator.Pushing;

namespace Support.Chaos;

/// <summary>An event that DingTalk pushes.</summary>
/// <param name="Meeting">The meeting's number.</param>
/// <param name="Event">The meeting's end, its finished video, or, where DingTalk loses the event of its end, its begin.</param>
/// <param name="Calm">How long its sender waits before it, so that pushes go on while processes are killed.</param>
public readonly record struct Push(int Meeting, PushedEvent Event, TimeSpan Calm);
