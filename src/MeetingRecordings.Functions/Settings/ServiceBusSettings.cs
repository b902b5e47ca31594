using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The namespace and its queues.</summary>
internal sealed record ServiceBusSettings(IConfiguration Connection, string ConferenceQueue, string PoisonQueue)
{
    private const string Name = "ServiceBus";
    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(90);

    /// <summary>How long a dead letter is kept, which Service Bus itself never ends; zero keeps it for ever. Default: 90 days.</summary>
    public TimeSpan DeadLetterRetention { get; init; } = DefaultRetention;

    public static ServiceBusSettings Read(SettingsReader reader)
    {
        return new ServiceBusSettings(
            reader.Connection(Name, "fullyQualifiedNamespace"),
            reader.Optional("ConferenceQueue") ?? "conferences",
            reader.Optional("PoisonQueue") ?? "conferences-poison")
        {
            DeadLetterRetention = reader.TimeSpan("DeadLetterRetention", DefaultRetention),
        };
    }
}
