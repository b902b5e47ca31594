using System.Text.Json;
using System.Text.Json.Serialization;
using MeetingRecordings.Json;

namespace MeetingRecordings.DingTalk.Wire;

/// <summary>
/// The body of getTexts, or what stands within its <c>result</c>. DingTalk may leave an empty list out; an object that has other members
/// and no list is another answer. The token of the next page has two spellings.
/// </summary>
internal sealed class GetTextsBody : IAskedBody
{
    private bool _hasList;
    private bool _hasResult;

    [JsonConverter(typeof(LenientBooleanConverter))]
    public bool? HasMore { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? NextToken { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? NextTtoken { get; set; }

    // Source-generated readers set a property only where the JSON has it.
    public IReadOnlyList<SpokenParagraph?>? ParagraphList
    {
        get;
        set
        {
            field = value;
            _hasList = true;
        }
    }

    [JsonConverter(typeof(LenientObjectConverter<GetTextsBody>))]
    public GetTextsBody? Result
    {
        get;
        set
        {
            field = value;
            _hasResult = true;
        }
    }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The paragraphs that there are, wrapped or not.</summary>
    [JsonIgnore]
    public IReadOnlyList<SpokenParagraph> Paragraphs
        => field ??= ParagraphList?.OfType<SpokenParagraph>().ToList() ?? Result?.Paragraphs ?? [];

    /// <summary>The token of the next page, wrapped or not: the one on top, else the last paragraph's; null where there is none.</summary>
    [JsonIgnore]
    public string? Token
        => new[] { NextToken, NextTtoken, Result?.Token, Paragraphs is [.., var last] ? last.NextTtoken : null }.FirstOrDefault(IsToken);

    /// <summary>Whether there is more, wrapped or not.</summary>
    [JsonIgnore]
    public bool? More => HasMore ?? Result?.More;

    [JsonIgnore]
    public bool IsWhatWasAskedFor
        => _hasList ? ParagraphList is null or { Count: 0 } || ParagraphList.Any(static paragraph => paragraph is not null)
            : _hasResult ? Result is { IsWhatWasAskedFor: true }
            : Others is null or { Count: 0 };

    // With 0, DingTalk's sample asks for the first page.
    private static bool IsToken(string? token) => token is not (null or "" or "0");
}
