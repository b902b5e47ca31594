namespace Support.Chaos;

/// <summary>An event that DingTalk pushes.</summary>
/// <param name="Meeting">The meeting's number.</param>
/// <param name="VideoGenerated">Whether it tells of the finished video rather than of the meeting's end.</param>
/// <param name="Calm">How long its sender waits before it, so that pushes go on while processes are killed.</param>
public readonly record struct Push(int Meeting, bool VideoGenerated, TimeSpan Calm);
