namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>
/// Meetings end which DingTalk fails at first, and refuses when it is asked again. A message that is delivered again once it has sent
/// its next look meets what the next look meets.
/// </summary>
internal sealed class AnotherFailureFollows : Scenario
{
    // A look asks three times.
    private const int OneLook = 3;

    public override Task WorkAsync(CrashSite site) => site.PushAsync(
        site.Doom(Doomed.Ending.DeadLetter, ("systemError", OneLook), ("permissionError", int.MaxValue)));
}
