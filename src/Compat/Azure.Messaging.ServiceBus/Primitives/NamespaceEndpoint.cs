namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>Where a namespace is reached.</summary>
internal sealed class NamespaceEndpoint
{
    private const int TlsPort = 5671;
    private const int PlainPort = 5672;

    /// <summary>Makes one.</summary>
    /// <param name="address">The namespace; its port counts where it has one.</param>
    /// <param name="isEmulator">Whether it is a development emulator, which has no TLS.</param>
    /// <param name="customAddress">Where to connect to instead; may be null.</param>
    public NamespaceEndpoint(Uri address, bool isEmulator, Uri customAddress)
    {
        HostName = address.Host;
        UseTls = !isEmulator;
        ConnectHost = customAddress?.Host ?? address.Host;
        var given = customAddress ?? address;
        Port = given.Port > 0 && !IsWebPort(given) ? given.Port : UseTls ? TlsPort : PlainPort;
    }

    /// <summary>The namespace's host name, which the peer and its certificate must know.</summary>
    public string HostName { get; }

    /// <summary>The host to connect to.</summary>
    public string ConnectHost { get; }

    public int Port { get; }

    public bool UseTls { get; }

    /// <summary>What a token for a queue is good for.</summary>
    public string AudienceOf(string entityPath) => $"{(UseTls ? "amqps" : "amqp")}://{HostName}/{entityPath}";

    /// <summary>Whether the port is only there because the address is written as a web address.</summary>
    private static bool IsWebPort(Uri address)
        => address.IsDefaultPort && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
