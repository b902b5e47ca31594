namespace DingTalkSimulator.Recordings;

/// <summary>Where getTexts puts the token of the next page.</summary>
public enum TokenPlace
{
    /// <summary><c>nextTtoken</c> in each paragraph, as documented, spelling included.</summary>
    Paragraph,

    /// <summary><c>nextToken</c> beside <c>paragraphList</c>.</summary>
    Top,

    /// <summary><c>nextTtoken</c> beside <c>paragraphList</c>.</summary>
    TopMisspelt,
}
