using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace LocalHost.Hosting;

/// <summary>Reads a trigger's <c>Connection</c> as the Functions host does.</summary>
internal static class ServiceBusConnections
{
    /// <summary>Connects by the connection string in the setting of that name, else by identity to its <c>__fullyQualifiedNamespace</c>.</summary>
    /// <exception cref="LocalHostException">Neither is set, or the connection string is malformed.</exception>
    public static ServiceBusClient Create(IConfiguration settings, string name)
    {
        var section = settings.GetSection(name);
        if (section.Value is { Length: > 0 } connectionString)
        {
            try
            {
                return new ServiceBusClient(connectionString);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new LocalHostException($"The setting {name} is no connection string of Service Bus.", e);
            }
        }

        return section["fullyQualifiedNamespace"] is { Length: > 0 } host
            ? new ServiceBusClient(host, section["clientId"] is { Length: > 0 } clientId
                ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
                : new DefaultAzureCredential())
            : throw new LocalHostException($"The setting {name} is missing: a connection string, or set {name}__fullyQualifiedNamespace to use an identity.");
    }
}
