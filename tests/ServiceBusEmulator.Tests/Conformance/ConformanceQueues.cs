namespace ServiceBusEmulator.Tests.Conformance;

/// <summary>The queues that the conformance suite expects: of each kind so many, named by kind and number.</summary>
internal static class ConformanceQueues
{
    public static IReadOnlyList<QueueOptions> All { get; } =
    [
        .. Of("plain", 40, static queue => queue),
        .. Of("short", 10, static queue => queue with { LockDuration = TimeSpan.FromSeconds(1) }),
        .. Of("strict", 5, static queue => queue with { MaxDeliveryCount = 3 }),
        .. Of("expiring", 5, static queue => queue with { DeadLetteringOnMessageExpiration = true }),
        .. Of("duplicates", 5, static queue => queue with { RequiresDuplicateDetection = true }),
        .. Of("small", 5, static queue => queue with { MaxSizeInBytes = 100_000 }),
    ];

    private static IEnumerable<QueueOptions> Of(string kind, int count, Func<QueueOptions, QueueOptions> configure) =>
        Enumerable.Range(1, count).Select(number => configure(new QueueOptions($"{kind}-{number}")));
}
