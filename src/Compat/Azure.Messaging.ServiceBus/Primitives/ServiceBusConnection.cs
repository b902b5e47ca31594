using Azure.Core;
using Azure.Messaging.ServiceBus.Amqp;

namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>What a client's senders, receivers and processors share: the AMQP connection and the retry policy.</summary>
internal sealed class ServiceBusConnection
{
    private ServiceBusConnection(
        NamespaceEndpoint endpoint,
        string entityPath,
        TokenSource tokens,
        ServiceBusClientOptions options)
    {
        if (options.TransportType != ServiceBusTransportType.AmqpTcp)
        {
            throw new NotSupportedException("This stand-in for Azure.Messaging.ServiceBus speaks AMQP over TCP only.");
        }

        FullyQualifiedNamespace = endpoint.HostName;
        EntityPath = entityPath;
        var policy = options.RetryOptions.ToRetryPolicy();
        Scope = new AmqpConnectionScope(
            endpoint,
            tokens,
            options.ConnectionIdleTimeout,
            policy.CalculateTryTimeout(0),
            TimeProvider.System);
        Retry = new RetryLoop(policy, TimeProvider.System, () => Scope.IsClosed, options.RetryOptions.MaxRetries);
    }

    public string FullyQualifiedNamespace { get; }

    /// <summary>The one queue that the connection string allows; null for any.</summary>
    public string EntityPath { get; }

    public RetryLoop Retry { get; }

    public AmqpConnectionScope Scope { get; }

    public static ServiceBusConnection FromConnectionString(string text, ServiceBusClientOptions options)
    {
        var parsed = ConnectionString.Parse(text);
        var endpoint = new NamespaceEndpoint(parsed.Endpoint, parsed.UseDevelopmentEmulator, options.CustomEndpointAddress);
        var tokens = parsed.SharedAccessSignature is { } signature
            ? TokenSource.FromSignature(signature)
            : TokenSource.FromKey(parsed.SharedAccessKeyName, parsed.SharedAccessKey, TimeProvider.System);
        return new ServiceBusConnection(endpoint, parsed.EntityPath, tokens, options);
    }

    public static ServiceBusConnection FromCredential(
        string fullyQualifiedNamespace,
        TokenCredential credential,
        ServiceBusClientOptions options)
    {
        Check.NotNullOrEmpty(fullyQualifiedNamespace, nameof(fullyQualifiedNamespace));
        Check.NotNull(credential, nameof(credential));
        return Uri.TryCreate(fullyQualifiedNamespace, UriKind.Absolute, out var address)
            || (Uri.CheckHostName(fullyQualifiedNamespace) != UriHostNameType.Unknown
                && Uri.TryCreate($"sb://{fullyQualifiedNamespace}", UriKind.Absolute, out address))
            ? new ServiceBusConnection(
                new NamespaceEndpoint(address, isEmulator: false, options.CustomEndpointAddress),
                null,
                TokenSource.FromCredential(credential),
                options)
            : throw new ArgumentException(
                $"The value '{fullyQualifiedNamespace}' is not a well-formed Service Bus fully qualified namespace.",
                nameof(fullyQualifiedNamespace));
    }

    public void ThrowIfClosed() => Check.NotClosed(Scope.IsClosed, nameof(ServiceBusConnection));

    public Task CloseAsync() => Scope.CloseAsync();
}
