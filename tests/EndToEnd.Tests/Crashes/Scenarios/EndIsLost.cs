namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>A meeting begins whose end is never pushed.</summary>
internal sealed class EndIsLost : Scenario
{
    public override Task WorkAsync(CrashSite site) => site.PushBeginAsync(site.Doom(Doomed.Ending.Manifest));
}
