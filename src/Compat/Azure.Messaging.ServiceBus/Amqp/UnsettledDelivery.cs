using Amqp.Framing;
using Amqp.Handler;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A message that a link has received and that the broker has yet to settle.</summary>
internal sealed class UnsettledDelivery(IDelivery inner)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IDelivery Inner { get; } = inner;

    /// <summary>Done when the broker has answered; failed when it refused or can no longer answer.</summary>
    public Task Answer => _answer.Task;

    public void OnAnswer(DeliveryState state)
    {
        if (state is Rejected { Error: { } error })
        {
            _answer.TrySetException(AmqpErrors.ToException(error));
        }
        else
        {
            _answer.TrySetResult();
        }
    }

    /// <summary>Whether the broker has settled it is unknown, and to ask again over another link would tell no more.</summary>
    public void OnLinkClosed()
    {
        _answer.TrySetException(new ServiceBusException(
            "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.",
            ServiceBusFailureReason.MessageLockLost));

        // Nobody may be waiting for it.
        _ = _answer.Task.Exception;
    }
}
