using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>Does the same many times, some of it at once.</summary>
internal static class Workers
{
    /// <summary>Runs an action for each item, so many at once, each after the last without a pause.</summary>
    /// <returns>How long all of it took.</returns>
    public static async Task<TimeSpan> RunAsync<T>(IReadOnlyList<T> items, int atOnce, Func<T, int, Task> action, CancellationToken cancellationToken)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(
            async () =>
            {
                for (var index = Interlocked.Increment(ref next); index < items.Count; index = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await action(items[index], index);
                }
            },
            cancellationToken)));
        return Stopwatch.GetElapsedTime(started);
    }
}
