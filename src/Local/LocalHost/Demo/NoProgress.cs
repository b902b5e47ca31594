namespace LocalHost.Demo;

/// <summary>Tells nothing, for output that a program reads.</summary>
internal sealed class NoProgress : IDemoProgress
{
    public void Say(string text)
    {
    }

    public void Advance(string stage, int done, int total)
    {
    }
}
