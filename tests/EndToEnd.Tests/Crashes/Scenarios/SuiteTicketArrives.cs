using Azure.Storage.Blobs;
using DingTalkSimulator;
using EndToEnd.Tests.Notifications;
using MeetingRecordings.Functions.Tickets;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>DingTalk pushes a third-party app its suite ticket until that is accepted; then a meeting ends that needs it.</summary>
internal sealed class SuiteTicketArrives : Scenario
{
    // The store of tickets is shared with other tests.
    private readonly string _suiteKey = $"suite{Guid.NewGuid():N}";

    public override SimulatorOptions DingTalk => new() { SuiteKey = _suiteKey, SuiteSecret = "the-suite-secret" };

    public override Task PrepareAsync(CrashSite site)
        => new BlobContainerClient(site.Azurite, BlobSuiteTicketStore.ContainerName)
            .CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);

    public override async Task WorkAsync(CrashSite site)
    {
        var ticket = site.Services.DingTalk.Options.SuiteTicket;
        var json = $$"""{"EventType":"suite_ticket","SuiteKey":"{{_suiteKey}}","SuiteTicket":"{{ticket}}"}""";
        var push = new DingTalkPush(json) { OwnerKey = _suiteKey };
        var conference = site.Doom(Doomed.Ending.Manifest);
        await CrashSite.UntilAsync("the ticket is accepted", async () => await site.SendAsync(push.ToRequest()) == 200);
        await site.PushAsync(conference);
    }
}
