using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Transcripts;

/// <summary>Reads all that was said in a conference, page by page. Every page is a metered call.</summary>
/// <param name="dingTalk">DingTalk's API.</param>
public sealed class TranscriptReader(DingTalkClient dingTalk)
{
    /// <summary>The most pages of one reading.</summary>
    public const int MaxPages = 100;

    // Each paragraph brings all of its words with their times, so a page of many may be larger than an answer may be.
    private const int SmallerBy = 4;
    private const int FewestParagraphs = 20;

    /// <summary>Asks in the name of one user after the other, and at last without a user, until DingTalk does not refuse.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="unionIds">The users, the likeliest first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The whole transcript, or none: what was read before an error is dropped.</returns>
    public async Task<TranscriptOutcome> ReadAsync(
        string? corpId, string conferenceId, IEnumerable<string> unionIds, CancellationToken cancellationToken)
    {
        TranscriptOutcome? refused = null;
        var calls = 0;
        foreach (var unionId in unionIds.Distinct(StringComparer.Ordinal).Append(null))
        {
            var outcome = await ReadAsync(corpId, conferenceId, unionId, cancellationToken);
            calls += outcome.Calls;
            switch (outcome)
            {
                case TranscriptOutcome.Failed { Error.Class: ErrorClass.UnknownUser }:
                    refused = outcome;
                    break;
                // A call without a user may be refused for the lack of one, which says less than why a user was refused.
                case TranscriptOutcome.Failed { Error.Class: ErrorClass.Rejected } when unionId is null && refused is not null:
                    break;
                default:
                    return outcome with { Calls = calls };
            }
        }

        return refused! with { Calls = calls };
    }

    private async Task<TranscriptOutcome> ReadAsync(
        string? corpId, string conferenceId, string? unionId, CancellationToken cancellationToken)
    {
        var paragraphs = new List<Paragraph>();
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var (token, size) = ((string?)null, DingTalkClient.MaxParagraphs);
        for (var page = 0; page < MaxPages; page++)
        {
            switch (await dingTalk.GetTextsAsync(corpId, conferenceId, unionId, token, size, cancellationToken))
            {
                case { Error.Code: TransportCodes.BodyTooLarge } when size / SmallerBy >= FewestParagraphs:
                    size /= SmallerBy;
                    break;
                case { Error: { } error }:
                    return error.Class == ErrorClass.NotReady
                        ? new TranscriptOutcome.NotFound(error) { Calls = page + 1 }
                        : new TranscriptOutcome.Failed(error) { Calls = page + 1 };
                case ApiAnswer<TextPage>.Ok { Value: var text }:
                    paragraphs.AddRange(text.Paragraphs);
                    if (IsLast(text) || !tokens.Add(text.NextToken!))
                    {
                        return Conclude(page + 1, truncated: false);
                    }

                    token = text.NextToken;
                    break;
            }
        }

        return Conclude(MaxPages, truncated: true);

        TranscriptOutcome Conclude(int calls, bool truncated) => paragraphs.Count == 0
            ? new TranscriptOutcome.Empty(unionId) { Calls = calls }
            : new TranscriptOutcome.Found(new Transcript(conferenceId, paragraphs), unionId, truncated) { Calls = calls };
    }

    private static bool IsLast(TextPage page) => page.HasMore == false || page.NextToken is null || page.Paragraphs.Count == 0;
}
