namespace Benchmarks.Model;

/// <summary>What meetings are like.</summary>
/// <param name="RecordedShare">The share of meetings that were recorded to the cloud. Default: 0.3.</param>
/// <param name="NotReadyLooks">The looks at a recorded meeting that come too early. Default: 1.</param>
internal sealed record MeetingMix(double RecordedShare = 0.3, double NotReadyLooks = 1)
{
    /// <summary>What one meeting costs on average.</summary>
    public LookCost PerMeeting
        => (LookCost.NotRecorded * (1 - RecordedShare))
            + (((LookCost.NotReadyYet * NotReadyLooks) + LookCost.Recorded + LookCost.SecondLook) * RecordedShare)
            + LookCost.Notification;
}
