namespace Azure.Messaging.ServiceBus;

/// <summary>Why an operation failed.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>None of the reasons below.</summary>
    GeneralError,

    /// <summary>There is no such queue.</summary>
    MessagingEntityNotFound,

    /// <summary>The lock on the message has ended: it will be delivered again, or it already was.</summary>
    MessageLockLost,

    /// <summary>There is no such message.</summary>
    MessageNotFound,

    /// <summary>The message or batch is larger than the link allows.</summary>
    MessageSizeExceeded,

    /// <summary>The queue is disabled for this operation.</summary>
    MessagingEntityDisabled,

    /// <summary>The queue is full, or another quota is used up.</summary>
    QuotaExceeded,

    /// <summary>The service asks to be left alone for a while.</summary>
    ServiceBusy,

    /// <summary>The service did not answer in time.</summary>
    ServiceTimeout,

    /// <summary>The service could not be reached, or the connection broke.</summary>
    ServiceCommunicationProblem,

    /// <summary>The session cannot be locked.</summary>
    SessionCannotBeLocked,

    /// <summary>The lock on the session has ended.</summary>
    SessionLockLost,

    /// <summary>There is such an entity already.</summary>
    MessagingEntityAlreadyExists,
}
