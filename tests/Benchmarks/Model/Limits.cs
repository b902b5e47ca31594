namespace Benchmarks.Model;

/// <summary>What the services allow, a second.</summary>
/// <param name="Name">What these limits are.</param>
/// <param name="CallsPerApi">Calls to one of DingTalk's APIs; each API is counted for itself.</param>
/// <param name="Calls">Calls to DingTalk in all, from all outbound addresses.</param>
/// <param name="Credits">Service Bus' credits; infinite in the Premium tier, which has none.</param>
/// <param name="StorageRequests">Requests to the storage account.</param>
internal sealed record Limits(string Name, double CallsPerApi, double Calls, double Credits, double StorageRequests)
{
    /// <summary>What one address may call: 10,000 calls in 20 s, else it is banned for 5 minutes.</summary>
    public const double CallsPerAddress = 500;

    /// <summary>What a new app gets: 20 calls a second to each API, one outbound address, Service Bus Standard, one storage account.</summary>
    public static Limits Default { get; } = new("20 calls/s", 20, CallsPerAddress, 1000, 20_000);

    /// <summary>With DingTalk's paid pack.</summary>
    public static Limits PaidPack { get; } = Default with { Name = "60 calls/s (paid pack)", CallsPerApi = 60 };

    /// <summary>With a limit on calls that DingTalk has raised as far as one address carries.</summary>
    public static Limits OneAddress { get; } = Default with { Name = "500 calls/s (all that one address may)", CallsPerApi = CallsPerAddress };

    /// <summary>The same from five addresses, with Service Bus Premium.</summary>
    public static Limits FiveAddresses { get; } = new("2,500 calls/s (5 addresses, Premium)", 5 * CallsPerAddress, 5 * CallsPerAddress, double.PositiveInfinity, 20_000);
}
