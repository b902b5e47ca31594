namespace DingTalkSimulator.Faults;

/// <summary>What goes wrong whatever conference is asked about. Each part may be changed at any time.</summary>
public sealed class FaultPlan
{
    private volatile FaultRates? _rates;
    private volatile EventRates? _events;
    private volatile int _callsPerSecond;

    /// <summary>Random faults; null for none, which is the default.</summary>
    public FaultRates? Rates
    {
        get => _rates;
        set => _rates = value;
    }

    /// <summary>Random faults of events; null for none, which is the default.</summary>
    public EventRates? Events
    {
        get => _events;
        set => _events = value;
    }

    /// <summary>
    /// How many calls each API answers in a second of the clock; the others get QpsLimitForAppkeyAndApi. DingTalk's own limit
    /// is 20. Default: 0, no limit.
    /// </summary>
    public int CallsPerSecond
    {
        get => _callsPerSecond;
        set => _callsPerSecond = value;
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        Rates = null;
        Events = null;
        CallsPerSecond = 0;
    }
}
