using System.Collections.Concurrent;

namespace Support.Crashes;

/// <summary>
/// Notes every step that is passed, and kills a process at a passing of one. Whoever carries an exchange tells it of both sides and
/// waits for its answer, so the process is gone before the exchange goes on.
/// </summary>
public sealed class Tripwire
{
    private readonly ConcurrentDictionary<CrashStep, int> _passed = new();
    private volatile Trap? _trap;

    /// <summary>The steps that were passed so far.</summary>
    public IReadOnlyCollection<CrashStep> Passed => [.. _passed.Keys];

    /// <summary>Sets a trap, in the place of an earlier one. Exchanges that have begun before do not spring it.</summary>
    /// <param name="step">Where.</param>
    /// <param name="passing">At which passing, counted from 1.</param>
    /// <param name="kill">Kills the process, and ends once it is gone.</param>
    /// <returns>Ends once the process has been killed.</returns>
    public Task Set(CrashStep step, int passing, Func<Task> kill)
    {
        var trap = new Trap(step, passing, kill);
        _trap = trap;
        return trap.Sprung;
    }

    /// <summary>An exchange begins.</summary>
    /// <param name="exchange">Its name.</param>
    public Passage Begin(string exchange) => new(this, exchange, _trap);

    internal void Note(CrashStep step) => _passed.TryAdd(step, 0);
}
