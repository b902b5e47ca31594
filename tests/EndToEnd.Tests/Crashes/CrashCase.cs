using ServiceBusEmulator;
using Support.Crashes;

namespace EndToEnd.Tests.Crashes;

/// <summary>An exchange at which processes are killed, one after the other, and what goes on meanwhile.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="Scenario">What goes on.</param>
internal sealed record CrashCase(string Exchange, Func<Scenario> Scenario)
{
    /// <summary>At which passings a process is killed before the exchange is applied.</summary>
    public int[] Before { get; init; } = [];

    /// <summary>At which passings a process is killed after the exchange is applied, before its answer is on its way.</summary>
    public int[] After { get; init; } = [];

    /// <summary>What else tells it from others.</summary>
    public string? Remark { get; init; }

    /// <summary>Its name, unlike any other's.</summary>
    public string Name => Remark is null ? Exchange : $"{Exchange}, {Remark}";

    /// <summary>The kills, in their order.</summary>
    public IEnumerable<(CrashStep Step, int Passing)> Kills =>
    [
        .. Before.Select(passing => (new CrashStep(Exchange, ExchangeSide.Before), passing)),
        .. After.Select(passing => (new CrashStep(Exchange, ExchangeSide.After), passing)),
    ];
}
