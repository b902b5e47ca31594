namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>The first meeting ends since the app was deployed: its manifest has no container yet.</summary>
internal sealed class FirstMeetingEnds : Scenario
{
    public override bool HasContainer => false;

    // One, for two would make the container at once.
    public override Task WorkAsync(CrashSite site) => site.PushAsync(site.Doom(Doomed.Ending.Manifest));
}
