namespace Azure.Messaging.ServiceBus.Processor;

/// <summary>When to renew a lock.</summary>
internal static class RenewalSchedule
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(400);

    /// <summary>How long to wait with the renewal of a lock that has some time left: until half of it, or 10 s, is left.</summary>
    public static TimeSpan DelayFor(TimeSpan left)
        => left < ShortestDelay ? TimeSpan.Zero
            : left / 2 < LongestMargin ? left / 2
            : left - LongestMargin;
}
