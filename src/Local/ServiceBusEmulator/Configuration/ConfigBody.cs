using System.Text.Json;

namespace ServiceBusEmulator.Configuration;

/// <summary>The parts of Microsoft's <c>Config.json</c> that matter here.</summary>
internal sealed record ConfigBody(ConfigBody.User? UserConfig)
{
    internal sealed record User(IReadOnlyList<Namespace>? Namespaces);

    internal sealed record Namespace(string? Name, IReadOnlyList<Queue>? Queues, IReadOnlyList<JsonElement>? Topics);

    internal sealed record Queue(string? Name, QueueProperties? Properties);

    internal sealed record QueueProperties(
        string? LockDuration = null,
        int? MaxDeliveryCount = null,
        string? DefaultMessageTimeToLive = null,
        bool? DeadLetteringOnMessageExpiration = null,
        bool? RequiresDuplicateDetection = null,
        string? DuplicateDetectionHistoryTimeWindow = null,
        bool? RequiresSession = null,
        string? ForwardTo = null,
        string? ForwardDeadLetteredMessagesTo = null);
}
