using System.Globalization;

namespace Benchmarks.Load;

/// <summary>What the process of raw calls is told to do, as one line of text.</summary>
/// <param name="What">The kind of call.</param>
/// <param name="First">The ordinal of the first conference to do it for.</param>
/// <param name="Count">How many calls.</param>
/// <param name="AtOnce">How many of them at once.</param>
internal sealed record RawOrder(RawCall What, int First, int Count, int AtOnce)
{
    public static RawOrder Parse(string line)
    {
        var words = line.Split(' ');
        return new RawOrder(Enum.Parse<RawCall>(words[0]), Number(words[1]), Number(words[2]), Number(words[3]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What} {First} {Count} {AtOnce}");

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
