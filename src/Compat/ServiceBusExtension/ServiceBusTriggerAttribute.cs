using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the message parameter of a function that messages of a Service Bus queue trigger.</summary>
/// <param name="queueName">The queue's name; <c>%Setting%</c> stands for that app setting.</param>
[InputConverter(typeof(ReceivedMessageConverter))]
[ConverterFallbackBehavior(ConverterFallbackBehavior.Default)]
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    /// <summary>The app setting, or the prefix of settings, that says how to connect.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue's name as it was given.</summary>
    public string? QueueName { get; } = queueName;

    /// <summary>Whether the queue has sessions.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>Whether the function takes several messages at once.</summary>
    [DefaultValue(false)]
    public bool IsBatched { get; set; }

    /// <summary>Whether the host completes the message once the function has returned; where it is not set, host.json decides.</summary>
    public bool AutoCompleteMessages { get; set; }
}
