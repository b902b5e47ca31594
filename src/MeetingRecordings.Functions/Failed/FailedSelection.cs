namespace MeetingRecordings.Functions.Failed;

/// <summary>Which of the messages that have failed are meant.</summary>
public abstract record FailedSelection
{
    private FailedSelection()
    {
    }

    /// <summary>Whether a message is meant.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">The time, UTC.</param>
    public abstract bool Matches(FailedMessage message, DateTimeOffset now);

    /// <summary>Those with these sequence numbers.</summary>
    public sealed record ByIds(IReadOnlySet<long> Ids) : FailedSelection
    {
        /// <inheritdoc />
        public override bool Matches(FailedMessage message, DateTimeOffset now) => Ids.Contains(message.Id);
    }

    /// <summary>Those whose reason or code begins so, in any case: DingTalk appends junk to its codes.</summary>
    public sealed record ByReason(string Reason) : FailedSelection
    {
        /// <inheritdoc />
        public override bool Matches(FailedMessage message, DateTimeOffset now)
            => message.Reason?.StartsWith(Reason, StringComparison.OrdinalIgnoreCase) == true
                || message.Code?.StartsWith(Reason, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>Those that have lain there at least so long.</summary>
    public sealed record ByAge(TimeSpan OlderThan) : FailedSelection
    {
        /// <inheritdoc />
        public override bool Matches(FailedMessage message, DateTimeOffset now) => now - message.EnqueuedAt >= OlderThan;
    }

    /// <summary>Every one.</summary>
    public sealed record All : FailedSelection
    {
        /// <inheritdoc />
        public override bool Matches(FailedMessage message, DateTimeOffset now) => true;
    }
}
