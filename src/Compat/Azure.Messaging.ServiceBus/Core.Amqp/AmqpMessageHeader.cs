#nullable enable
namespace Azure.Core.Amqp;

/// <summary>The header of an AMQP message.</summary>
public class AmqpMessageHeader
{
    internal AmqpMessageHeader()
    {
    }

    /// <summary>Whether the message must survive a failure of the broker.</summary>
    public bool? Durable { get; set; }

    /// <summary>The priority.</summary>
    public byte? Priority { get; set; }

    /// <summary>How long the message lives.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Whether nobody has acquired the message before.</summary>
    public bool? FirstAcquirer { get; set; }

    /// <summary>The number of deliveries.</summary>
    public uint? DeliveryCount { get; set; }
}
