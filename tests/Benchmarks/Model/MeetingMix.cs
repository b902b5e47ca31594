namespace Benchmarks.Model;

/// <summary>What meetings are like.</summary>
/// <param name="RecordedShare">The share of meetings that were recorded to the cloud. Default: 0.3.</param>
internal sealed record MeetingMix(double RecordedShare = 0.3)
{
    /// <summary>Events of one meeting on average: its begin and its end; of a recorded one its video and its summary too.</summary>
    public double Notifications => 2 + (2 * RecordedShare);

    /// <summary>What one meeting costs on average.</summary>
    public LookCost PerMeeting
        => (LookCost.Notification * Notifications)
            + (LookCost.NotRecorded * (1 - RecordedShare))
            + ((LookCost.Announced + LookCost.Ended + LookCost.Unneeded) * RecordedShare)
            + LookCost.Unneeded;
}
