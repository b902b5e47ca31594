using ServiceBusEmulator;

namespace Support.Crashes;

/// <summary>A moment in the app's talk with what it uses, at which a crash leaves something of its own behind.</summary>
/// <param name="Exchange">The exchange, as <see cref="ExchangeNames"/> names it.</param>
/// <param name="Side">Before it is applied, or after.</param>
public readonly record struct CrashStep(string Exchange, ExchangeSide Side)
{
    /// <inheritdoc />
    public override string ToString() => $"{(Side == ExchangeSide.Before ? "before" : "after")} \"{Exchange}\"";
}
