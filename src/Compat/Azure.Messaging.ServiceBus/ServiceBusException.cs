using System.Globalization;

namespace Azure.Messaging.ServiceBus;

/// <summary>Service Bus refused an operation, or could not be reached.</summary>
public class ServiceBusException : Exception
{
    private readonly string _message;

    /// <summary>For mocks.</summary>
    public ServiceBusException()
    {
    }

    /// <summary>Makes an exception whose <see cref="IsTransient"/> follows from its reason.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="reason">Why; decides <see cref="IsTransient"/>.</param>
    /// <param name="entityPath">The queue that was used.</param>
    /// <param name="innerException">What caused it.</param>
    public ServiceBusException(
        string message,
        ServiceBusFailureReason reason,
        string entityPath = default,
        Exception innerException = default)
        : this(default, message, entityPath, reason, innerException)
    {
        IsTransient = reason is ServiceBusFailureReason.ServiceCommunicationProblem
            or ServiceBusFailureReason.ServiceTimeout
            or ServiceBusFailureReason.ServiceBusy;
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="isTransient">Whether to try again may help.</param>
    /// <param name="message">What happened.</param>
    /// <param name="entityName">The queue that was used.</param>
    /// <param name="reason">Why.</param>
    /// <param name="innerException">What caused it.</param>
    public ServiceBusException(
        bool isTransient,
        string message,
        string entityName = default,
        ServiceBusFailureReason reason = ServiceBusFailureReason.GeneralError,
        Exception innerException = default)
        : base(message, innerException)
    {
        IsTransient = isTransient;
        _message = message;
        EntityPath = entityName;
        Reason = reason;
    }

    /// <summary>Whether to try again may help.</summary>
    public bool IsTransient { get; }

    /// <summary>Why the operation failed.</summary>
    public ServiceBusFailureReason Reason { get; }

    /// <summary>The queue that was used; null where it is not known.</summary>
    public string EntityPath { get; internal set; }

    /// <summary>What happened, the queue and the reason.</summary>
    public override string Message => string.IsNullOrEmpty(EntityPath)
        ? string.Format(CultureInfo.InvariantCulture, "{0} ({1}). {2}", _message, Reason, Troubleshooting)
        : string.Format(CultureInfo.InvariantCulture, "{0} ({1} - {2}). {3}", _message, EntityPath, Reason, Troubleshooting);

    private const string Troubleshooting =
        "For troubleshooting information, see https://aka.ms/azsdk/net/servicebus/exceptions/troubleshoot.";
}
