using DingTalkSimulator;

namespace EndToEnd.Tests.Crashes;

/// <summary>A conference of a crash test, and the one end that it may come to.</summary>
/// <param name="Conference">The conference.</param>
/// <param name="End">Its end.</param>
/// <param name="Reason">Why, where it ends among the dead letters.</param>
internal sealed record Doomed(SimulatedConference Conference, Doomed.Ending End, string? Reason = null)
{
    /// <summary>The ends that there are.</summary>
    public enum Ending
    {
        Manifest,
        Poison,
        DeadLetter,
        Dropped,
    }
}
