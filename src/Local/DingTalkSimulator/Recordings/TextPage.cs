namespace DingTalkSimulator.Recordings;

/// <summary>A page of what was said.</summary>
/// <param name="Paragraphs">The paragraphs.</param>
/// <param name="HasMore">Whether there are more behind them.</param>
/// <param name="RecordId">The recording.</param>
/// <param name="Traits">How the page is written.</param>
internal sealed record TextPage(IReadOnlyList<SimulatedText> Paragraphs, bool HasMore, long RecordId, TextTraits Traits);
