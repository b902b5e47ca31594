using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Control;

/// <summary>What getTexts has, and how it pages. What is left out stays as it is.</summary>
internal sealed record TextTraitsRequest
{
    private const int MaxParagraphs = 100_000;

    public int? Paragraphs { get; set; }

    public TokenPlace? TokenPlace { get; set; }

    public bool? TokenAsText { get; set; }

    public bool? Stuck { get; set; }

    public bool? Wrapped { get; set; }

    public static TextTraitsRequest Of(TextTraits traits) => new()
    {
        Paragraphs = traits.Paragraphs,
        TokenPlace = traits.TokenPlace,
        TokenAsText = traits.TokenAsText,
        Stuck = traits.Stuck,
        Wrapped = traits.Wrapped,
    };

    public FieldFault? FindFault()
        => Paragraphs is < 0 or > MaxParagraphs ? new FieldFault("paragraphs", $"a number from 0 to {MaxParagraphs}") : null;

    public TextTraits ApplyTo(TextTraits traits) => new()
    {
        Paragraphs = Paragraphs ?? traits.Paragraphs,
        TokenPlace = TokenPlace ?? traits.TokenPlace,
        TokenAsText = TokenAsText ?? traits.TokenAsText,
        Stuck = Stuck ?? traits.Stuck,
        Wrapped = Wrapped ?? traits.Wrapped,
    };
}
