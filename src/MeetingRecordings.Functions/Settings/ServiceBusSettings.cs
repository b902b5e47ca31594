using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The namespace and its queues.</summary>
internal sealed record ServiceBusSettings(IConfiguration Connection, string ConferenceQueue, string PoisonQueue)
{
    private const string Name = "ServiceBus";
    private const string Address = "fullyQualifiedNamespace";
    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(90);

    /// <summary>How long a dead letter is kept, which Service Bus itself never ends; zero keeps it for ever. Default: 90 days.</summary>
    public TimeSpan DeadLetterRetention { get; init; } = DefaultRetention;

    public static ServiceBusSettings Read(SettingsReader reader)
    {
        var connection = reader.Connection(Name, Address, ConnectionStrings.ProblemOfServiceBus);
        if (reader.Optional($"{Name}__{Address}") is { } host && ConnectionStrings.ProblemOfNamespace(host) is { } problem)
        {
            reader.Fault($"{Name}__{Address}", $"is malformed: {problem}");
        }

        var conferences = reader.Name("ConferenceQueue", "conferences", AzureNames.Queue(), AzureNames.QueueGrammar);
        var poison = reader.Name("PoisonQueue", "conferences-poison", AzureNames.Queue(), AzureNames.QueueGrammar);
        if (string.Equals(conferences, poison, StringComparison.OrdinalIgnoreCase))
        {
            reader.Fault("PoisonQueue", "is malformed: it names the same queue as ConferenceQueue, and expected is another");
        }

        return new ServiceBusSettings(connection, conferences, poison)
        {
            DeadLetterRetention = reader.TimeSpan("DeadLetterRetention", DefaultRetention),
        };
    }
}
