using ServiceBusEmulator;

namespace Support.Crashes;

/// <summary>An exchange on its way through a tripwire.</summary>
public sealed class Passage
{
    private readonly Tripwire _wire;
    private readonly string _exchange;
    private readonly Trap? _trap;

    internal Passage(Tripwire wire, string exchange, Trap? trap) => (_wire, _exchange, _trap) = (wire, exchange, trap);

    /// <summary>Passes one of its sides.</summary>
    /// <param name="side">Which.</param>
    /// <returns>Whether it goes on; if not, the process was killed here.</returns>
    public Task<bool> PassAsync(ExchangeSide side)
    {
        var step = new CrashStep(_exchange, side);
        _wire.Note(step);
        return _trap?.PassAsync(step) ?? Task.FromResult(true);
    }
}
