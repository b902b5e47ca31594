namespace DingTalkSimulator.Tests;

public sealed class LedgerTests : SimulatorTest
{
    private const int Capacity = 10;

    [Fact]
    public async Task Of_many_calls_the_last_are_kept_in_full_and_all_in_numbers()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference(videos: 0));
        await GetErrorAsync(other);
        for (var call = 0; call < 2 * Capacity; call++)
        {
            await GetListAsync(one);
        }

        var ledger = Server.Ledger;
        Assert.Equal(Capacity, ledger.Calls.Count);
        Assert.Equal(2 * Capacity + 2 - Capacity, ledger.Dropped);
        Assert.Equal((2 * Capacity + 2, 2 * Capacity + 1), (ledger.Totals.Calls, ledger.Totals.GetVideosCalls));
        Assert.Equal((2 * Capacity, 1), (ledger.CountOf(one.Id, ApiOperation.GetVideos), ledger.CountOf(other.Id, ApiOperation.GetVideos)));
        Assert.Equal(0, ledger.CountOf(one.Id, ApiOperation.ConferenceInfo));
        Assert.Equal(1, ledger.TotalsOf(other.Id).CallsByCode["cloudRecordNotFound"]);
        Assert.Equal(1, ledger.Totals.CallsByOperation["accessToken"]);
        Assert.Empty(ledger.CallsOf(other.Id));
    }

    [Fact]
    public async Task The_entries_that_are_kept_are_in_order()
    {
        for (var call = 0; call < 2 * Capacity + 3; call++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await GetTokenAsync();
        }

        Assert.Equal(
            Enumerable.Range(Capacity + 4, Capacity).Select(second => Now.AddSeconds(second)),
            Server.Ledger.Calls.Select(call => call.At));
    }

    protected override SimulatorOptions Configure(SimulatorOptions options) => options with { LedgerCapacity = Capacity };
}
