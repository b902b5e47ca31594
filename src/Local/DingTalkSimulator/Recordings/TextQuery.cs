using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Recordings;

/// <summary>What getTexts is asked for.</summary>
/// <param name="StartTime">Milliseconds from the recording's start; null for its beginning or, backwards, its end.</param>
/// <param name="Backwards">Whether the latest comes first.</param>
/// <param name="MaxResults">How many paragraphs a page has.</param>
/// <param name="Token">The token of the page; null for the first, which DingTalk's sample asks for with 0.</param>
internal sealed record TextQuery(long? StartTime, bool Backwards, int MaxResults, long? Token)
{
    private const int DefaultPage = 20;
    private const int LargestPage = 2000;

    /// <summary>Reads a query.</summary>
    /// <returns>What is asked for; null where it cannot be read.</returns>
    public static TextQuery? Read(IQueryCollection query)
    {
        string? direction = query["direction"];
        return TryRead(query["startTime"], out var startTime)
            && TryRead(query["maxResults"], out var maxResults)
            && TryRead(query["nextToken"], out var token)
            && direction is null or "" or "0" or "1"
            && maxResults is null or (> 0 and <= LargestPage)
            ? new TextQuery(startTime, direction == "1", (int)(maxResults ?? DefaultPage), token == 0 ? null : token)
            : null;
    }

    /// <summary>The page.</summary>
    public TextPage Of(SimulatedConference conference)
    {
        var traits = conference.Traits.Texts;
        var behind = Token is { } token && !traits.Stuck ? SimulatedTexts.IndexOf(conference, token) : (long?)null;
        var rest = conference.Texts.Index()
            .Where(text => StartTime is not { } start || (Backwards ? text.Item.StartTime <= start : text.Item.StartTime >= start))
            .Where(text => behind is not { } index || (Backwards ? text.Index < index : text.Index > index))
            .Select(static text => text.Item)
            .ToList();
        if (Backwards)
        {
            rest.Reverse();
        }

        var hasMore = rest.Count > MaxResults || (traits.Stuck && rest.Count > 0);
        var recordId = conference.Videos is [var video, ..] ? long.Parse(video.RecordId, CultureInfo.InvariantCulture) : 0;
        return new TextPage([.. rest.Take(MaxResults)], hasMore, recordId, traits);
    }

    private static bool TryRead(string? text, out long? number)
    {
        number = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isNumber;
    }
}
