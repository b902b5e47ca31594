using MeetingRecordings.Transcripts;

namespace MeetingRecordings.DingTalk;

/// <summary>A page of what was said in a conference.</summary>
/// <param name="Paragraphs">The paragraphs, as DingTalk orders them.</param>
/// <param name="NextToken">The token of the page behind it; null where DingTalk gives none. The last page may have one too.</param>
/// <param name="HasMore">Whether DingTalk says that there is more; null where it does not say.</param>
public sealed record TextPage(IReadOnlyList<Paragraph> Paragraphs, string? NextToken, bool? HasMore);
