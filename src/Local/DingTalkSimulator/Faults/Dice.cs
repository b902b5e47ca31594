namespace DingTalkSimulator.Faults;

/// <summary>
/// Rolls that depend on a seed and on what they are for, and on nothing else, so that a run with many calls at once can be
/// repeated.
/// </summary>
internal static class Dice
{
    private const double Range = 1UL << 53;

    /// <summary>A hash of numbers, SplitMix64 over each.</summary>
    public static ulong Hash(long seed, params ReadOnlySpan<ulong> parts)
    {
        var hash = Mix((ulong)seed);
        foreach (var part in parts)
        {
            hash = Mix(hash ^ part);
        }

        return hash;
    }

    /// <summary>A hash as a number from 0 (inclusive) to 1 (exclusive).</summary>
    public static double ToUnit(ulong hash) => (hash >> 11) / Range;

    /// <summary>One step of SplitMix64.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
