using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The namespace and its queues.</summary>
internal sealed record ServiceBusSettings(IConfiguration Connection, string ConferenceQueue, string PoisonQueue)
{
    private const string Name = "ServiceBus";

    public static ServiceBusSettings Read(SettingsReader reader)
    {
        return new ServiceBusSettings(
            reader.Connection(Name, "fullyQualifiedNamespace"),
            reader.Optional("ConferenceQueue") ?? "conferences",
            reader.Optional("PoisonQueue") ?? "conferences-poison");
    }
}
