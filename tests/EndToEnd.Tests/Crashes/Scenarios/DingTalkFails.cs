namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>Meetings end which DingTalk fails for a while or for ever.</summary>
internal sealed class DingTalkFails : Scenario
{
    // A look asks three times.
    private const int OneLook = 3;

    public override Task WorkAsync(CrashSite site) => site.PushAsync(
        site.Doom(Doomed.Ending.Manifest, ("systemError", OneLook)),
        site.Doom(Doomed.Ending.Poison, ("systemError", int.MaxValue)),
        site.Doom(Doomed.Ending.Poison, ("unknownError", int.MaxValue)));
}
