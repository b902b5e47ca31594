using Azure.Messaging.ServiceBus.Primitives;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>How a received message is settled.</summary>
/// <param name="Status">The word for it in the management protocol.</param>
/// <param name="Properties">Application properties to set; may be null.</param>
/// <param name="Reason">Why it is dead-lettered; may be null.</param>
/// <param name="Description">Why it is dead-lettered; may be null.</param>
internal sealed record Disposition(
    string Status,
    IDictionary<string, object> Properties,
    string Reason,
    string Description)
{
    public const string Completed = "completed";
    public const string Abandoned = "abandoned";
    public const string Suspended = "suspended";

    private const int MaxTextLength = 4096;

    public static Disposition Complete { get; } = new(Completed, null, null, null);

    public static Disposition Abandon(IDictionary<string, object> properties) => new(Abandoned, properties, null, null);

    /// <summary>Dead-lettering, which is <c>suspended</c> on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text is too long.</exception>
    /// <exception cref="InvalidOperationException">The properties name another reason or description.</exception>
    public static Disposition DeadLetter(IDictionary<string, object> properties, string reason, string description)
    {
        ThrowIfTooLong(reason, "deadLetterReason");
        ThrowIfTooLong(description, "deadLetterErrorDescription");
        ThrowIfDifferent(properties, MessageAnnotationNames.DeadLetterReason, reason);
        ThrowIfDifferent(properties, MessageAnnotationNames.DeadLetterErrorDescription, description);
        return new(Suspended, properties, reason, description);
    }

    private static void ThrowIfTooLong(string text, string name)
        => Check.InRange(text?.Length ?? 0, 0, MaxTextLength, name);

    private static void ThrowIfDifferent(IDictionary<string, object> properties, string name, string text)
    {
        if (text is not null
            && properties is not null
            && properties.TryGetValue(name, out var other)
            && !text.Equals(other as string, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"Differing {name} values cannot be specified both as a parameter and in the properties to modify.");
        }
    }
}
