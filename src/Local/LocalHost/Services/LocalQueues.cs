using ServiceBusEmulator;

namespace LocalHost.Services;

/// <summary>The emulator's queues, with the properties that the functions rely on: those of infra/modules/service-bus.bicep.</summary>
public static class LocalQueues
{
    /// <summary>The conference queue.</summary>
    /// <param name="name">Its name.</param>
    public static QueueOptions Conferences(string name) => new(name)
    {
        LockDuration = TimeSpan.FromMinutes(1),
        MaxDeliveryCount = 10,
        RequiresDuplicateDetection = true,
        DefaultMessageTimeToLive = TimeSpan.FromDays(14),
        DeadLetteringOnMessageExpiration = true,
    };

    /// <summary>The poison queue.</summary>
    /// <param name="name">Its name.</param>
    public static QueueOptions Poison(string name) => new(name)
    {
        LockDuration = TimeSpan.FromMinutes(1),
        // An operator who picks a message delivers those before it too.
        MaxDeliveryCount = 2000,
        RequiresDuplicateDetection = true,
        DefaultMessageTimeToLive = TimeSpan.FromDays(90),
        DeadLetteringOnMessageExpiration = false,
    };

    /// <summary>The recording queue. Its messages are under way for minutes.</summary>
    /// <param name="name">Its name.</param>
    public static QueueOptions Recordings(string name) => Conferences(name) with { LockDuration = TimeSpan.FromMinutes(5) };
}
