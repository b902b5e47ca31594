using ServiceBusEmulator;
using Support.Crashes;

namespace EndToEnd.Tests.Crashes;

/// <summary>An exchange, or one side of it, at which a kill is no case of its own.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="Why">Why.</param>
internal sealed record NoCrashCase(string Exchange, string Why)
{
    /// <summary>The side. Default: both.</summary>
    public ExchangeSide? Side { get; init; }

    /// <summary>Whether a run may well go by without it. Default: no.</summary>
    public bool MayNotHappen { get; init; }

    /// <summary>Whether it is about a step.</summary>
    public bool Covers(CrashStep step) => step.Exchange == Exchange && (Side is null || Side == step.Side);
}
