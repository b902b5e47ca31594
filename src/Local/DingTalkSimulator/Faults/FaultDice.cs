namespace DingTalkSimulator.Faults;

/// <summary>
/// Rolls for a fault. The roll depends on the seed and on which call of which conference it is, and on nothing else, so that
/// a run with many calls at once can be repeated.
/// </summary>
internal static class FaultDice
{
    private static readonly ScriptedAnswer ResetAnswer = new ScriptedAnswer.Reset();
    private static readonly ScriptedAnswer TruncatedAnswer = new ScriptedAnswer.Truncated();
    private static readonly ScriptedAnswer HtmlAnswer = ScriptedAnswer.Raw.Html(502);
    private static readonly ScriptedAnswer TimeoutAnswer = new ScriptedAnswer.Raw(504, "text/plain", "Gateway Timeout");

    /// <summary>Rolls once.</summary>
    /// <param name="rates">The rates.</param>
    /// <param name="operation">What is called.</param>
    /// <param name="subject">The conference's ordinal; 0 where there is none.</param>
    /// <param name="call">The number of such calls before.</param>
    /// <returns>The fault; null for none.</returns>
    public static ScriptedAnswer? Roll(FaultRates rates, ApiOperation operation, int subject, int call)
    {
        var hash = Mix(Mix(Mix(Mix((ulong)rates.Seed) ^ (ulong)operation) ^ (uint)subject) ^ (uint)call);
        var roll = (hash >> 11) * (1.0 / (1UL << 53));
        return (roll -= rates.Error) < 0 ? Pick(rates.Codes, Mix(hash))
            : (roll -= rates.Reset) < 0 ? ResetAnswer
            : (roll -= rates.GatewayTimeout) < 0 ? TimeoutAnswer
            : (roll -= rates.Html) < 0 ? HtmlAnswer
            : (roll -= rates.Truncated) < 0 ? TruncatedAnswer
            : roll - rates.Slow < 0 ? new ScriptedAnswer.Usual { Delay = rates.SlowBy }
            : null;
    }

    private static ScriptedAnswer.ApiError Pick(IReadOnlyList<string> codes, ulong hash)
        => ScriptedAnswer.ApiError.Of(codes[(int)(hash % (ulong)codes.Count)]);

    // SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
