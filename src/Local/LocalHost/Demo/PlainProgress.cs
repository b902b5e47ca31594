namespace LocalHost.Demo;

/// <summary>Tells the progress in plain lines: one as each stage ends.</summary>
/// <param name="output">Where they go.</param>
internal sealed class PlainProgress(TextWriter output) : IDemoProgress
{
    public void Say(string text) => output.WriteLine(text);

    public void Advance(string stage, int done, int total)
    {
        if (done == total)
        {
            output.WriteLine($"{stage}: {done} of {total}");
        }
    }
}
