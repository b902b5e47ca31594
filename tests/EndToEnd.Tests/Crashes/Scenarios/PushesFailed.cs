namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>DingTalk has pushed the ends of meetings to nobody, and is asked for them.</summary>
internal sealed class PushesFailed : Scenario
{
    public override bool Sweeps => true;

    public override async Task WorkAsync(CrashSite site)
    {
        // One, so that all of the page is in one send. What a host has read of a page and not sent yet is lost with it.
        await site.PushToNobodyAsync(site.Doom(Doomed.Ending.Manifest));
        await site.UntilSweptAsync();
    }
}
