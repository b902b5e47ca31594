using DingTalkSimulator;

namespace EndToEnd.Tests.Crashes;

/// <summary>A conference of a crash test, and the one end that it may come to.</summary>
/// <param name="Conference">The conference.</param>
/// <param name="End">Its end.</param>
internal sealed record Doomed(SimulatedConference Conference, Doomed.Ending End)
{
    /// <summary>The ends that there are.</summary>
    public enum Ending
    {
        Manifest,
        Poison,
        DeadLetter,
    }
}
