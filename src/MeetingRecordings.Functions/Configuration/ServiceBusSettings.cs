using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>Where the queues are: a connection string, or a namespace and an identity.</summary>
internal sealed record ServiceBusSettings(
    string? ConnectionString,
    string? FullyQualifiedNamespace,
    string? ClientId,
    string ConferenceQueue,
    string PoisonQueue)
{
    public static ServiceBusSettings Read(SettingsReader reader)
    {
        var settings = new ServiceBusSettings(
            reader.Optional("ServiceBus"),
            reader.Optional("ServiceBus__fullyQualifiedNamespace"),
            reader.Optional("ServiceBus__clientId"),
            reader.Optional("ConferenceQueue") ?? "conferences",
            reader.Optional("PoisonQueue") ?? "conferences-poison");
        if (settings is { ConnectionString: null, FullyQualifiedNamespace: null })
        {
            reader.Fault<string>("ServiceBus", "is missing: a connection string, or set ServiceBus__fullyQualifiedNamespace to use an identity");
        }

        return settings;
    }

    public ServiceBusClient CreateClient() => ConnectionString is not null
        ? new ServiceBusClient(ConnectionString)
        : new ServiceBusClient(FullyQualifiedNamespace!, AzureIdentity.Create(ClientId));
}
