#nullable enable
namespace Azure.Core.Amqp;

/// <summary>An AMQP message with all of its sections. A section comes to be when it is first asked for.</summary>
/// <param name="body">The body.</param>
public class AmqpAnnotatedMessage(AmqpMessageBody body)
{
    private AmqpMessageBody _body = body ?? throw new ArgumentNullException(nameof(body));
    private Dictionary<string, object?>? _applicationProperties;
    private Dictionary<string, object?>? _deliveryAnnotations;
    private Dictionary<string, object?>? _footer;
    private Dictionary<string, object?>? _messageAnnotations;
    private AmqpMessageHeader? _header;
    private AmqpMessageProperties? _properties;

    /// <summary>The application's own properties.</summary>
    public IDictionary<string, object?> ApplicationProperties => _applicationProperties ??= [];

    /// <summary>The body.</summary>
    public AmqpMessageBody Body
    {
        get => _body;
        set => _body = value;
    }

    /// <summary>The annotations that the next hop may use.</summary>
    public IDictionary<string, object?> DeliveryAnnotations => _deliveryAnnotations ??= [];

    /// <summary>The footer.</summary>
    public IDictionary<string, object?> Footer => _footer ??= [];

    /// <summary>The header.</summary>
    public AmqpMessageHeader Header => _header ??= new AmqpMessageHeader();

    /// <summary>The annotations that the broker uses.</summary>
    public IDictionary<string, object?> MessageAnnotations => _messageAnnotations ??= [];

    /// <summary>The properties.</summary>
    public AmqpMessageProperties Properties => _properties ??= new AmqpMessageProperties();

    /// <summary>Whether a section is there; asking does not make it.</summary>
    /// <param name="section">The section.</param>
    public bool HasSection(AmqpMessageSection section) => section switch
    {
        AmqpMessageSection.ApplicationProperties => _applicationProperties is not null,
        AmqpMessageSection.Body => _body is not null,
        AmqpMessageSection.DeliveryAnnotations => _deliveryAnnotations is not null,
        AmqpMessageSection.Footer => _footer is not null,
        AmqpMessageSection.Header => _header is not null,
        AmqpMessageSection.MessageAnnotations => _messageAnnotations is not null,
        AmqpMessageSection.Properties => _properties is not null,
        _ => throw new ArgumentException("Unknown section.", nameof(section)),
    };
}
