using MeetingRecordings.Conferences;

namespace MeetingRecordings.Fetching;

/// <summary>What the decision about a look depends on, beside its outcome.</summary>
/// <param name="Trigger">Why the look was taken.</param>
/// <param name="Lineage">What the message has been through.</param>
/// <param name="Now">The time, UTC.</param>
/// <param name="Jitter">A random number from 0 (inclusive) to 1 (exclusive) that spreads the waits.</param>
public sealed record LookContext(Trigger Trigger, Lineage Lineage, DateTimeOffset Now, double Jitter)
{
    /// <summary>Whether the message was delivered before, and may have sent its next look then.</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>The context of a look.</summary>
    public static LookContext Of(Look look, DateTimeOffset now, double jitter) => new(look.Message.Trigger, look.Lineage, now, jitter);
}
