using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Azure.Messaging.ServiceBus.Amqp.Transport;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A link on its way: waits until the broker has attached it, or has refused to.</summary>
/// <param name="transport">What the broker's answer comes over.</param>
internal sealed class LinkOpening(StreamTransport transport)
{
    /// <summary>Tells the broker how long the client is ready to wait, in milliseconds.</summary>
    private static readonly Symbol Timeout = "com.microsoft:timeout";

    private readonly TaskCompletionSource<(Attach Attach, Task Handled)> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Link properties that tell the broker a timeout.</summary>
    public static Fields PropertiesWith(TimeSpan timeout) => new()
    {
        [Timeout] = (uint)Math.Clamp(timeout.TotalMilliseconds, 0, uint.MaxValue),
    };

    /// <summary>Handles the broker's attach. A refusal attaches without a terminus first, and then detaches with its reason.</summary>
    public void OnAttached(ILink link, Attach attach)
    {
        var terminus = ((Link)link).Role ? attach.Source : attach.Target;
        if (terminus is not null)
        {
            _attached.TrySetResult((attach, transport.WhenDealtWith()));
        }
    }

    /// <summary>The broker's attach.</summary>
    public async Task<Attach> WaitAsync(Link link, CancellationToken cancellationToken)
    {
        link.AddClosedCallback((closed, error) => _attached.TrySetException(AmqpErrors.Closed(error ?? closed.Error)));
        var (attach, handled) = await _attached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);

        // The library notes where the link's deliveries start only after it has told of the attach.
        await handled.WaitAsync(cancellationToken).ConfigureAwait(false);
        return attach;
    }
}
