namespace DingTalkSimulator.Faults;

/// <summary>Rolls for a fault, by the seed and by which call of which conference it is.</summary>
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
        var hash = Dice.Hash(rates.Seed, (ulong)operation, (uint)subject, (uint)call);
        var roll = Dice.ToUnit(hash);
        return (roll -= rates.Error) < 0 ? Pick(rates.Codes, Dice.Mix(hash))
            : (roll -= rates.Reset) < 0 ? ResetAnswer
            : (roll -= rates.GatewayTimeout) < 0 ? TimeoutAnswer
            : (roll -= rates.Html) < 0 ? HtmlAnswer
            : (roll -= rates.Truncated) < 0 ? TruncatedAnswer
            : roll - rates.Slow < 0 ? new ScriptedAnswer.Usual { Delay = rates.SlowBy }
            : null;
    }

    private static ScriptedAnswer.ApiError Pick(IReadOnlyList<string> codes, ulong hash)
        => ScriptedAnswer.ApiError.Of(codes[(int)(hash % (ulong)codes.Count)]);
}
