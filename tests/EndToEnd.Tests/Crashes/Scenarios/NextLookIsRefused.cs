using ServiceBusEmulator;
using Support.Crashes;

namespace EndToEnd.Tests.Crashes.Scenarios;

/// <summary>Service Bus takes no next look for a while, so that looks end in an exception and their messages are given back.</summary>
internal sealed class NextLookIsRefused : Scenario
{
    // One for each process that is killed.
    private const int Looks = 2;

    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);
    private static readonly CrashStep GivenBack = new($"{WatchedServices.Queue}: abandon", ExchangeSide.After);

    public override async Task PrepareAsync(CrashSite site)
    {
        await site.EnqueueAsync(site.Doom(Doomed.Ending.Manifest, ("cloudRecordNotFound", Looks)));
        site.Services.ServiceBus.Faults.RefuseSends(WatchedServices.Queue, LongEnough);
    }

    // What is on the queue is enough.
    public override Task WorkAsync(CrashSite site) => Task.CompletedTask;

    public override async Task FinishAsync(CrashSite site)
    {
        await CrashSite.UntilAsync("a message is given back", () => site.Services.Wire.Passed.Contains(GivenBack));
        site.Services.ServiceBus.Faults.RefuseSends(WatchedServices.Queue, TimeSpan.Zero);
    }
}
