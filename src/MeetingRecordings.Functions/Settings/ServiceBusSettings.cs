using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The namespace and its queues.</summary>
internal sealed record ServiceBusSettings(IConfiguration Connection, string ConferenceQueue, string PoisonQueue, string RecordingQueue)
{
    private const string Name = "ServiceBus";
    private const string Address = "fullyQualifiedNamespace";
    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(90);

    /// <summary>How long a dead letter is kept, which Service Bus itself never ends; zero keeps it for ever. Default: 90 days.</summary>
    public TimeSpan DeadLetterRetention { get; init; } = DefaultRetention;

    /// <summary>Whether recordings are archived, so that their queue is there. Default: no.</summary>
    public bool HasRecordings { get; init; }

    public static ServiceBusSettings Read(SettingsReader reader)
    {
        var connection = reader.Connection(Name, Address, ConnectionStrings.ProblemOfServiceBus);
        if (reader.Optional($"{Name}__{Address}") is { } host && ConnectionStrings.ProblemOfNamespace(host) is { } problem)
        {
            reader.Fault($"{Name}__{Address}", $"is malformed: {problem}");
        }

        var conferences = reader.Name("ConferenceQueue", "conferences", AzureNames.Queue(), AzureNames.QueueGrammar);
        var poison = reader.Name("PoisonQueue", "conferences-poison", AzureNames.Queue(), AzureNames.QueueGrammar);
        var recordings = reader.Name("RecordingQueue", "recordings", AzureNames.Queue(), AzureNames.QueueGrammar);
        Distinguish(reader, ("PoisonQueue", poison), ("ConferenceQueue", conferences));
        Distinguish(reader, ("RecordingQueue", recordings), ("ConferenceQueue", conferences));
        Distinguish(reader, ("RecordingQueue", recordings), ("PoisonQueue", poison));
        return new ServiceBusSettings(connection, conferences, poison, recordings)
        {
            HasRecordings = reader.Flag("Archive__Enabled") || reader.Flag("Transcripts__Enabled"),
            DeadLetterRetention = reader.TimeSpan("DeadLetterRetention", DefaultRetention),
        };
    }

    private static void Distinguish(SettingsReader reader, (string Setting, string Queue) one, (string Setting, string Queue) other)
    {
        if (string.Equals(one.Queue, other.Queue, StringComparison.OrdinalIgnoreCase))
        {
            reader.Fault(one.Setting, $"is malformed: it names the same queue as {other.Setting}, and expected is another");
        }
    }
}
