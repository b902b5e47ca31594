namespace DingTalkSimulator.Faults;

/// <summary>Counts the calls of each API within the clock's second.</summary>
internal sealed class CallMeter(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly (long Second, int Calls)[] _counts = new (long, int)[Enum.GetValues<ApiOperation>().Length];

    /// <summary>Counts a call, unless the limit is reached.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="perSecond">The limit; 0 for none.</param>
    /// <returns>Whether the call may be answered.</returns>
    public bool TryCount(ApiOperation operation, int perSecond)
    {
        if (perSecond == 0)
        {
            return true;
        }

        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            ref var count = ref _counts[(int)operation];
            if (count.Second != second)
            {
                count = (second, 0);
            }

            return ++count.Calls <= perSecond;
        }
    }
}
