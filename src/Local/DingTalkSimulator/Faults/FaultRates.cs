namespace DingTalkSimulator.Faults;

/// <summary>Which part of all API calls goes wrong, and how. Each rate is between 0 and 1, and so is their sum.</summary>
public sealed record FaultRates
{
    /// <summary>The codes that pass by themselves, from which a run recovers.</summary>
    public static readonly IReadOnlyList<string> PassingCodes =
    [
        "systemError", "system.error", "unknownError", "service.timeout", "system.busy", "systemBusy", "waterLimitError",
        "Forbidden.AccessDenied.QpsLimitForApi", "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
    ];

    /// <summary>The seed: the same one gives the same answer to the same call of the same conference, in whatever order calls come.</summary>
    public long Seed { get; init; }

    /// <summary>The rate of answers with one of <see cref="Codes"/>.</summary>
    public double Error { get; init; }

    /// <summary>The codes. Default: <see cref="PassingCodes"/>.</summary>
    public IReadOnlyList<string> Codes { get; init; } = PassingCodes;

    /// <summary>The rate of connections closed without an answer.</summary>
    public double Reset { get; init; }

    /// <summary>The rate of the gateway's own 504, without a code.</summary>
    public double GatewayTimeout { get; init; }

    /// <summary>The rate of HTML pages with status 502.</summary>
    public double Html { get; init; }

    /// <summary>The rate of answers cut off in the middle of their JSON.</summary>
    public double Truncated { get; init; }

    /// <summary>The rate of slow answers.</summary>
    public double Slow { get; init; }

    /// <summary>How long a slow answer takes. Default: 1 s.</summary>
    public TimeSpan SlowBy { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The sum of all rates.</summary>
    public double Total => Error + Reset + GatewayTimeout + Html + Truncated + Slow;

    /// <summary>Rolls for a fault.</summary>
    /// <param name="operation">What is called.</param>
    /// <param name="subject">The conference's ordinal; 0 where there is none.</param>
    /// <param name="call">The number of such calls before.</param>
    /// <returns>The fault; null for none.</returns>
    public ScriptedAnswer? Roll(ApiOperation operation, int subject, int call) => FaultDice.Roll(this, operation, subject, call);
}
