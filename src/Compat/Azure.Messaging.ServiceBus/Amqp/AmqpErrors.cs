using System.Net.Sockets;
using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Turns what AMQP calls an error into the exceptions of Microsoft's client.</summary>
internal static class AmqpErrors
{
    private const string UnknownError = "Unknown error.";

    public static Exception ToException(Error error)
        => error is null
            ? new ServiceBusException(isTransient: true, UnknownError)
            : ToException(error.Condition, error.Description ?? error.Condition);

    public static Exception ToException(string condition, string message)
    {
        return condition switch
        {
            "com.microsoft:timeout" => Failure(ServiceBusFailureReason.ServiceTimeout),
            "com.microsoft:server-busy" => Failure(ServiceBusFailureReason.ServiceBusy),
            "com.microsoft:message-lock-lost" => Failure(ServiceBusFailureReason.MessageLockLost),
            "com.microsoft:session-lock-lost" => Failure(ServiceBusFailureReason.SessionLockLost),
            "com.microsoft:session-cannot-be-locked" => Failure(ServiceBusFailureReason.SessionCannotBeLocked),
            "com.microsoft:message-not-found" => Failure(ServiceBusFailureReason.MessageNotFound),
            "com.microsoft:entity-disabled" => Failure(ServiceBusFailureReason.MessagingEntityDisabled),
            "com.microsoft:entity-already-exists" => Failure(ServiceBusFailureReason.MessagingEntityAlreadyExists),
            "com.microsoft:argument-error" => new ArgumentException(message),
            "com.microsoft:argument-out-of-range" => new ArgumentOutOfRangeException(string.Empty, message),
            "com.microsoft:auth-failed" => new UnauthorizedAccessException(message),
            "amqp:unauthorized-access" => new UnauthorizedAccessException(message),
            "amqp:not-found" => Failure(ServiceBusFailureReason.MessagingEntityNotFound),
            "amqp:not-implemented" => new NotSupportedException(message),
            "amqp:not-allowed" => new InvalidOperationException(message),
            "amqp:resource-limit-exceeded" => Failure(ServiceBusFailureReason.QuotaExceeded),
            "amqp:link:message-size-exceeded" => Failure(ServiceBusFailureReason.MessageSizeExceeded),
            "amqp:connection:forced" => Failure(ServiceBusFailureReason.ServiceCommunicationProblem),
            _ => new ServiceBusException(isTransient: true, message),
        };

        ServiceBusException Failure(ServiceBusFailureReason reason) => new(message, reason);
    }

    /// <summary>What stands for the outcome of a call when its link or connection went away first.</summary>
    /// <param name="error">Why it went; null where the peer gave no reason.</param>
    public static Exception Closed(Error error)
        => error is null
            ? new ServiceBusException("The link was closed before the broker answered.", ServiceBusFailureReason.ServiceCommunicationProblem)
            : ToException(error);

    /// <summary>What an exception of the transport means to callers; others are left as they are.</summary>
    public static Exception Translate(Exception exception) => exception switch
    {
        AmqpException { Error: { } error } => ToException(error),
        SocketException or IOException
            => new ServiceBusException(exception.Message, ServiceBusFailureReason.ServiceCommunicationProblem, innerException: exception),
        TimeoutException => new ServiceBusException(exception.Message, ServiceBusFailureReason.ServiceTimeout, innerException: exception),
        OperationCanceledException => new ServiceBusException(isTransient: true, exception.Message, innerException: exception),
        _ => exception,
    };

    public static ServiceBusException TimedOut()
        => new("The operation did not complete within the allocated time.", ServiceBusFailureReason.ServiceTimeout);
}
