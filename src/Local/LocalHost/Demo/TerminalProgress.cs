using System.Collections.Concurrent;
using Spectre.Console;

namespace LocalHost.Demo;

/// <summary>Shows the progress as bars on a terminal.</summary>
/// <param name="context">The bars.</param>
internal sealed class TerminalProgress(ProgressContext context) : IDemoProgress
{
    private readonly ConcurrentDictionary<string, ProgressTask> _bars = [];

    public void Say(string text) => AnsiConsole.WriteLine(text);

    public void Advance(string stage, int done, int total)
        => _bars.GetOrAdd(stage, name => context.AddTask(name, maxValue: total)).Value = done;
}
