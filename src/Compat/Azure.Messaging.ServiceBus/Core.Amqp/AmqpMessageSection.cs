namespace Azure.Core.Amqp;

/// <summary>A part of an AMQP message.</summary>
public enum AmqpMessageSection
{
    /// <summary>The header.</summary>
    Header = 0,

    /// <summary>The delivery annotations.</summary>
    DeliveryAnnotations = 1,

    /// <summary>The message annotations.</summary>
    MessageAnnotations = 2,

    /// <summary>The properties.</summary>
    Properties = 3,

    /// <summary>The application properties.</summary>
    ApplicationProperties = 4,

    /// <summary>The body.</summary>
    Body = 5,

    /// <summary>The footer.</summary>
    Footer = 6,
}
