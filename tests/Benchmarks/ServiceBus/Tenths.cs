using System.Diagnostics;

namespace Benchmarks.ServiceBus;

/// <summary>Times the tenths of a run, so that a slowdown shows. Safe for several threads.</summary>
/// <param name="total">How many messages the run has.</param>
/// <param name="cpu">The processor time that the emulator has used; null where that is not known.</param>
internal sealed class Tenths(int total, Func<TimeSpan>? cpu)
{
    private const int Count = 10;

    private readonly Lock _lock = new();
    private readonly List<(long Time, TimeSpan Cpu, int Done)> _marks = [(Stopwatch.GetTimestamp(), cpu?.Invoke() ?? default, 0)];
    private int _done;

    /// <summary>The messages a second of the whole run.</summary>
    public double Rate => RateOf(_marks[0], _marks[^1]);

    /// <summary>The messages a second of the first tenth.</summary>
    public double First => RateOf(_marks[0], _marks[1]);

    /// <summary>The messages a second of the last tenth.</summary>
    public double Last => RateOf(_marks[^2], _marks[^1]);

    /// <summary>The emulator's processor time for a message of the first tenth, in microseconds.</summary>
    public double FirstCpu => CpuOf(_marks[0], _marks[1]);

    /// <summary>The emulator's processor time for a message of the last tenth, in microseconds.</summary>
    public double LastCpu => CpuOf(_marks[^2], _marks[^1]);

    /// <summary>Notes that some messages are done.</summary>
    /// <returns>Whether those were the last.</returns>
    public bool Add(int messages)
    {
        lock (_lock)
        {
            _done += messages;
            if (_marks.Count <= Count && _done >= (long)total * _marks.Count / Count)
            {
                _marks.Add((Stopwatch.GetTimestamp(), cpu?.Invoke() ?? default, _done));
            }

            return _done >= total && _done - messages < total;
        }
    }

    private static double RateOf((long Time, TimeSpan Cpu, int Done) from, (long Time, TimeSpan Cpu, int Done) to)
        => (to.Done - from.Done) / Stopwatch.GetElapsedTime(from.Time, to.Time).TotalSeconds;

    private static double CpuOf((long Time, TimeSpan Cpu, int Done) from, (long Time, TimeSpan Cpu, int Done) to)
        => (to.Cpu - from.Cpu).TotalMicroseconds / (to.Done - from.Done);
}
