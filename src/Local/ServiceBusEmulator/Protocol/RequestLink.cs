using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace ServiceBusEmulator.Protocol;

/// <summary>A link on which a client sends requests to a node.</summary>
internal sealed class RequestLink(IRequestNode node, PeerConnection peer) : LinkEndpoint
{
    /// <summary>How many requests a client may have under way.</summary>
    public const int Credit = 100;

    public override void OnMessage(MessageContext messageContext)
    {
        var incoming = (IncomingMessage)messageContext.Message;
        Error? error = null;
        try
        {
            if (!TryAnswer(incoming.ToMessage()))
            {
                peer.Transport.Cut();
                incoming.Dispose();
                return;
            }
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // What AMQPNetLite throws on bytes that are no message, and on values of an unexpected type.
            error = Errors.Malformed(exception.Message);
        }

        messageContext.Link.DisposeMessage(incoming, error is null ? new Accepted() : new Rejected { Error = error }, settled: true);
        incoming.Dispose();
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    private bool TryAnswer(Message request)
    {
        var link = request.Properties?.ReplyTo is { } replyTo ? peer.FindReplyLink(replyTo) : null;
        if (link is null)
        {
            throw new AmqpException(ErrorCode.NotFound, "The request's reply-to names no link.");
        }

        if (node.Answer(request) is not { } reply)
        {
            return false;
        }

        reply.Properties = new Properties();
        reply.Properties.SetCorrelationId(request.Properties!.GetMessageId());
        link.Send(reply);
        return true;
    }
}
