namespace DingTalkSimulator.Recordings;

/// <summary>What getTexts has, and how it pages.</summary>
public sealed record TextTraits
{
    /// <summary>How many paragraphs there are; 0 where nobody spoke, or text was not chosen. Default: 12.</summary>
    public int Paragraphs { get; init; } = 12;

    /// <summary>Where the token of the next page stands. Default: in each paragraph, as documented.</summary>
    public TokenPlace TokenPlace { get; init; } = TokenPlace.Paragraph;

    /// <summary>Whether the token is a string. Default: no, a number, as documented.</summary>
    public bool TokenAsText { get; init; }

    /// <summary>Whether every page is the first one, with the same token and more to come. Default: no.</summary>
    public bool Stuck { get; init; }

    /// <summary>Whether the answer stands within <c>result</c>. Default: no.</summary>
    public bool Wrapped { get; init; }
}
