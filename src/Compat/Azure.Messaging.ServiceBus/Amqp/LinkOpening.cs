using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A link on its way: waits until the broker has attached it, or has refused to.</summary>
internal sealed class LinkOpening
{
    /// <summary>Tells the broker how long the client is ready to wait, in milliseconds.</summary>
    private static readonly Symbol Timeout = "com.microsoft:timeout";

    private readonly TaskCompletionSource<Attach> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
            _attached.TrySetResult(attach);
        }
    }

    /// <summary>The broker's attach.</summary>
    public async Task<Attach> WaitAsync(Link link, CancellationToken cancellationToken)
    {
        link.AddClosedCallback((closed, error) => _attached.TrySetException(AmqpErrors.Closed(error ?? closed.Error)));
        return await _attached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
