namespace LocalHost.Demo;

/// <summary>Is told how far a demo has come.</summary>
internal interface IDemoProgress
{
    /// <summary>Something has happened that has no measure.</summary>
    void Say(string text);

    /// <summary>So many of the meetings have come through a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="done">How many have.</param>
    /// <param name="total">How many there are.</param>
    void Advance(string stage, int done, int total);
}
