using Amqp;
using Amqp.Listener;

namespace ServiceBusEmulator.Protocol;

/// <summary>A link on which a client receives the replies to its requests.</summary>
internal sealed class ReplyLink(ListenerLink link) : LinkEndpoint
{
    private const int MostWaiting = 100;
    private readonly Lock _lock = new();
    private readonly Queue<OutgoingMessage> _waiting = [];
    private int _credit;

    /// <summary>Sends a reply, or keeps it until the client has credit for it. A client that never has loses the oldest.</summary>
    public void Send(OutgoingMessage reply)
    {
        lock (_lock)
        {
            if (_waiting.Count == MostWaiting)
            {
                _waiting.Dequeue();
            }

            _waiting.Enqueue(reply);
            SendWaiting();
        }
    }

    public override void OnFlow(FlowContext flowContext)
    {
        lock (_lock)
        {
            _credit = Math.Max(0, _credit + flowContext.Messages);
            if (flowContext.Messages <= 0 && _credit > 0)
            {
                // See ConsumerLink.OnFlow.
                link.SetCredit(_credit, drain: false, autoRestore: false);
            }

            SendWaiting();
            if (link.IsDraining)
            {
                _credit = 0;
                link.CompleteDrain();
                link.SetCredit(0, drain: true, autoRestore: false);
            }
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    private void SendWaiting()
    {
        while (_credit > 0 && _waiting.TryDequeue(out var reply))
        {
            _credit--;
            try
            {
                link.SendMessage(reply);
            }
            catch (Exception exception) when (exception is AmqpException or ObjectDisposedException)
            {
                // The client has gone; nobody waits for the reply.
                _waiting.Clear();
            }
        }
    }
}
