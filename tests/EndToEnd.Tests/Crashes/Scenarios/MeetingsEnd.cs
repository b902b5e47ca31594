using DingTalkSimulator;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>Meetings end that come to every end there is, without a fault that is waited for.</summary>
internal sealed class MeetingsEnd : Scenario
{
    public override Task WorkAsync(CrashSite site)
    {
        var notRecorded = site.Doom(Doomed.Ending.Manifest);
        notRecorded.RecordStatus = RecordStatus.NotRecorded;
        return site.PushAsync(
            site.Doom(Doomed.Ending.Manifest),
            site.Doom(Doomed.Ending.Manifest, ("cloudRecordNotFound", 1)),
            notRecorded,
            site.Doom(Doomed.Ending.Poison, ("Forbidden.AccessDenied.ApiCountLimitForOrg", int.MaxValue)),
            site.Doom(Doomed.Ending.Poison, ("Forbidden.AccessDenied.ApiCountLimitForOrg", int.MaxValue)),
            site.Doom(Doomed.Ending.DeadLetter, ("permissionError", int.MaxValue)),
            site.Doom(Doomed.Ending.DeadLetter, ("orgAccessForbidden", int.MaxValue)));
    }
}
