using System.Text.Json;
using DingTalkSimulator;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>Another system posts the ends of meetings, each until that is accepted.</summary>
internal sealed class AnotherSystemNotifies : Scenario
{
    private const int Meetings = 2;

    public override async Task WorkAsync(CrashSite site)
    {
        SimulatedConference[] conferences = [.. Enumerable.Range(0, Meetings).Select(_ => site.Doom(Doomed.Ending.Manifest))];
        foreach (var conference in conferences)
        {
            var json = JsonSerializer.Serialize(new
            {
                conferenceId = conference.Id,
                unionId = conference.CreatorUnionId,
                corpId = DevelopmentCredentials.CorpId,
                endedAt = conference.EndedAt,
            });
            await CrashSite.UntilAsync(
                "a notification is accepted",
                async () => await site.SendAsync(HttpMethod.Post, "meetings/ended", json, ("Idempotency-Key", conference.Id)) == 202);
        }
    }
}
