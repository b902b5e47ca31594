using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Queues;

/// <summary>A message that waits for Service Bus to accept it.</summary>
internal sealed class PendingMessage(ServiceBusMessage message, CancellationToken givenUp)
{
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceBusMessage Message => message;

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsGivenUp => givenUp.IsCancellationRequested;

    /// <summary>Ends once the message is accepted, or fails with what Service Bus said.</summary>
    public Task Accepted => _accepted.Task;

    public void Accept() => _accepted.TrySetResult();

    public void Fail(Exception exception)
    {
        _accepted.TrySetException(exception);
        // Whoever gave the message up does not look at its end.
        _ = _accepted.Task.Exception;
    }
}
