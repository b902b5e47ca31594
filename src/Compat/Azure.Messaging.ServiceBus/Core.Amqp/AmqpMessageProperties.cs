#nullable enable
namespace Azure.Core.Amqp;

/// <summary>The properties of an AMQP message, as the standard lists them.</summary>
public class AmqpMessageProperties
{
    internal AmqpMessageProperties()
    {
    }

    /// <summary>The message's id.</summary>
    public AmqpMessageId? MessageId { get; set; }

    /// <summary>Who made the message.</summary>
    public ReadOnlyMemory<byte>? UserId { get; set; }

    /// <summary>The node that the message is for.</summary>
    public AmqpAddress? To { get; set; }

    /// <summary>What the message is about.</summary>
    public string? Subject { get; set; }

    /// <summary>The node to send an answer to.</summary>
    public AmqpAddress? ReplyTo { get; set; }

    /// <summary>What the message belongs to.</summary>
    public AmqpMessageId? CorrelationId { get; set; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; set; }

    /// <summary>The encoding of the body.</summary>
    public string? ContentEncoding { get; set; }

    /// <summary>When the message ends to live (UTC).</summary>
    public DateTimeOffset? AbsoluteExpiryTime { get; set; }

    /// <summary>When the message was made (UTC).</summary>
    public DateTimeOffset? CreationTime { get; set; }

    /// <summary>The group that the message is of.</summary>
    public string? GroupId { get; set; }

    /// <summary>Its place in the group.</summary>
    public uint? GroupSequence { get; set; }

    /// <summary>The group for answers.</summary>
    public string? ReplyToGroupId { get; set; }
}
