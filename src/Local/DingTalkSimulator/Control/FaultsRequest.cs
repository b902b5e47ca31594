using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Control;

/// <summary>A request for random faults, and for a limit on calls.</summary>
internal sealed record FaultsRequest
{
    private const int MaxMs = 3_600_000;

    /// <summary>The seed. Default: 0.</summary>
    public long Seed { get; set; }

    /// <summary>The rate of errors, from 0 to 1.</summary>
    public double Error { get; set; }

    /// <summary>The codes of errors. Default: those that pass.</summary>
    public IReadOnlyList<string>? Codes { get; set; }

    /// <summary>The rate of connections closed.</summary>
    public double Reset { get; set; }

    /// <summary>The rate of 504.</summary>
    public double GatewayTimeout { get; set; }

    /// <summary>The rate of HTML.</summary>
    public double Html { get; set; }

    /// <summary>The rate of cut-off JSON.</summary>
    public double Truncated { get; set; }

    /// <summary>The rate of slow answers.</summary>
    public double Slow { get; set; }

    /// <summary>How slow. Default: 1 s.</summary>
    public int SlowMs { get; set; } = 1000;

    /// <summary>Random faults of events. Default: none.</summary>
    public EventFaultsRequest? Events { get; set; }

    /// <summary>The calls that each API answers in a second. Default: 0, no limit.</summary>
    public int CallsPerSecond { get; set; }

    /// <summary>What is wrong with the request.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public FieldFault? FindFault()
    {
        (string Field, double Rate)[] rates =
        [
            ("error", Error), ("reset", Reset), ("gatewayTimeout", GatewayTimeout), ("html", Html), ("truncated", Truncated), ("slow", Slow),
        ];
        return rates.FirstOrDefault(rate => rate.Rate is not (>= 0 and <= 1)) is { Field: { } field } ? new FieldFault(field, "a rate from 0 to 1")
            : rates.Sum(rate => rate.Rate) > 1 ? new FieldFault(rates.MaxBy(rate => rate.Rate).Field, "rates whose sum is at most 1")
            : Codes is { Count: 0 } ? new FieldFault("codes", "at least one code")
            : Codes?.FirstOrDefault(code => ErrorCatalogue.Find(code) is null) is { } unknown
                ? new FieldFault($"codes[{Codes.ToList().IndexOf(unknown)}]", "one of DingTalk's error codes")
            : SlowMs is < 0 or > MaxMs ? new FieldFault("slowMs", $"a number from 0 to {MaxMs}")
            : CallsPerSecond < 0 ? new FieldFault("callsPerSecond", "a number from 0")
            : Events?.FindFault()?.Within("events");
    }

    /// <summary>The rates. The request must be without fault.</summary>
    public FaultRates ToRates() => new()
    {
        Seed = Seed,
        Error = Error,
        Codes = Codes ?? FaultRates.PassingCodes,
        Reset = Reset,
        GatewayTimeout = GatewayTimeout,
        Html = Html,
        Truncated = Truncated,
        Slow = Slow,
        SlowBy = TimeSpan.FromMilliseconds(SlowMs),
    };
}
