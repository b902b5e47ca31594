namespace DingTalkSimulator.Recordings;

/// <summary>A paragraph of what was said.</summary>
/// <param name="Token">The token of the page behind it.</param>
/// <param name="UnionId">Who spoke; empty for somebody whom DingTalk does not recognise.</param>
/// <param name="NickName">What they are called.</param>
/// <param name="StartTime">Milliseconds from the recording's start.</param>
/// <param name="EndTime">Milliseconds from the recording's start.</param>
/// <param name="Text">What they said.</param>
public sealed record SimulatedText(long Token, string UnionId, string NickName, long StartTime, long EndTime, string Text);
