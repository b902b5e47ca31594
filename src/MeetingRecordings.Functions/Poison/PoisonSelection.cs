namespace MeetingRecordings.Functions.Poison;

/// <summary>Which of the messages that were given up are meant.</summary>
public abstract record PoisonSelection
{
    private PoisonSelection()
    {
    }

    /// <summary>Whether a message is meant.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">The time, UTC.</param>
    public bool Matches(PoisonedMessage message, DateTimeOffset now) => this switch
    {
        ByIds ids => ids.Ids.Contains(message.Id),
        ByReason reason => IsReason(message, reason.Reason),
        ByAge age => now - message.EnqueuedAt >= age.OlderThan,
        All => true,
        _ => throw new InvalidOperationException($"{GetType()} is no selection that is known here."),
    };

    /// <summary>Whether a message's reason or code begins so, in any case: DingTalk appends junk to its codes.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">How they begin.</param>
    internal static bool IsReason(PoisonedMessage message, string reason)
        => message.Reason?.StartsWith(reason, StringComparison.OrdinalIgnoreCase) == true
            || message.Code?.StartsWith(reason, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Those with these sequence numbers.</summary>
    /// <param name="Ids">The sequence numbers.</param>
    public sealed record ByIds(IReadOnlySet<long> Ids) : PoisonSelection;

    /// <summary>Those whose reason or code begins so.</summary>
    /// <param name="Reason">How it begins, in any case.</param>
    public sealed record ByReason(string Reason) : PoisonSelection;

    /// <summary>Those that have lain there so long.</summary>
    /// <param name="OlderThan">The least age.</param>
    public sealed record ByAge(TimeSpan OlderThan) : PoisonSelection;

    /// <summary>Every one.</summary>
    public sealed record All : PoisonSelection;
}
