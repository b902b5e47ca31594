namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the message parameter of a function that is invoked by a Service Bus queue.</summary>
/// <param name="queueName">The queue's name; <c>%Setting%</c> stands for that app setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute(string queueName) : Attribute
{
    /// <summary>The app setting, or the prefix of settings, that says how to connect.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue's name as it was given.</summary>
    public string? QueueName { get; } = queueName;

    /// <summary>Whether the queue has sessions. Default false.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>Whether the function takes several messages at once. Default false.</summary>
    public bool IsBatched { get; set; }

    /// <summary>Whether the host completes the message once the function has returned. Default true.</summary>
    public bool AutoCompleteMessages { get; set; } = true;
}
