namespace LocalHost.Services;

/// <summary>The ports of the services that LocalHost starts; 0 is any free one, null is a service that it does not start.</summary>
/// <param name="ServiceBus">The Service Bus emulator's.</param>
/// <param name="Blobs">Azurite's.</param>
/// <param name="DingTalk">The DingTalk simulator's.</param>
public sealed record ServicePorts(int? ServiceBus, int? Blobs, int? DingTalk)
{
    private const int DefaultServiceBusPort = 5672;
    private const int DefaultBlobPort = 10000;

    /// <summary>All of them, on any free ports.</summary>
    public static ServicePorts AnyFree { get; } = new(0, 0, 0);

    /// <summary>
    /// Which services are missing: those that no setting points to, and those that a setting expects on this machine where
    /// nothing listens.
    /// </summary>
    /// <param name="settings">The settings, without what LocalHost supplies.</param>
    /// <param name="isTaken">Whether something listens on a port of this machine.</param>
    public ServicePorts Missing(IConfiguration settings, Func<int, bool> isTaken)
    {
        return new ServicePorts(
            Decide(ServiceBus, settings["ServiceBus"], settings["ServiceBus:fullyQualifiedNamespace"], EmulatorPort),
            Decide(Blobs, settings["Manifests"], settings["Manifests:blobServiceUri"], AzuritePort),
            Decide(DingTalk, settings["DingTalk:BaseAddress"], $"{settings["DingTalk:AppKey"]}{settings["DingTalk:SuiteKey"]}", LoopbackPort));

        int? Decide(int? wanted, string? address, string? elsewhere, Func<string, int?> portOf)
            => string.IsNullOrEmpty(address) ? string.IsNullOrEmpty(elsewhere) ? wanted : null
                : portOf(address) is { } port && !isTaken(port) ? port
                : null;
    }

    private static int? EmulatorPort(string connectionString)
        => string.Equals(Part(connectionString, "UseDevelopmentEmulator"), "true", StringComparison.OrdinalIgnoreCase)
            && Part(connectionString, "Endpoint") is { } endpoint
            && LoopbackUri(endpoint) is { } uri
            ? uri.IsDefaultPort ? DefaultServiceBusPort : uri.Port
            : null;

    private static int? AzuritePort(string connectionString)
        => string.Equals(Part(connectionString, "UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase) ? DefaultBlobPort
            : Part(connectionString, "BlobEndpoint") is { } endpoint ? LoopbackPort(endpoint)
            : null;

    private static int? LoopbackPort(string address) => LoopbackUri(address)?.Port;

    private static Uri? LoopbackUri(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback ? uri : null;

    private static string? Part(string connectionString, string name)
        => connectionString.Split(';', StringSplitOptions.TrimEntries)
            .Select(static part => part.Split('=', 2))
            .FirstOrDefault(pair => pair is [var key, _] && key.Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
