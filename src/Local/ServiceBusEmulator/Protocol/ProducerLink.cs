using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Transactions;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>A link on which a client sends to a queue.</summary>
internal sealed class ProducerLink(MessageQueue queue, FaultScript faults, LinkActivity activity) : LinkEndpoint
{
    /// <summary>How many messages a client may have under way.</summary>
    public const int Credit = 1000;

    public override void OnMessage(MessageContext messageContext)
    {
        activity.Note();
        var message = (IncomingMessage)messageContext.Message;
        if (TryReceive(message, messageContext.DeliveryState, out var error))
        {
            messageContext.Link.DisposeMessage(message, error is null ? new Accepted() : new Rejected { Error = error }, settled: true);
        }
        else
        {
            PeerConnection.Of(messageContext.Link).Transport.Cut();
        }

        message.Dispose();
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    /// <summary>Takes a transfer's messages, or says why not.</summary>
    /// <returns>False where it shall not be answered.</returns>
    private bool TryReceive(IncomingMessage message, DeliveryState? state, out Error? error)
    {
        error = Refuse(message, state);
        if (error is not null || TryDecode(message, out error) is not { } batch)
        {
            return true;
        }

        if (!faults.GoesOn(queue, batch, ExchangeSide.Before))
        {
            return false;
        }

        error = queue.Send(batch) switch
        {
            SendOutcome.QueueFull => Errors.QueueFull(queue.Options.Name),
            SendOutcome.MessageTooLarge => Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes),
            _ => null,
        };
        return error is not null || faults.GoesOn(queue, batch, ExchangeSide.After);
    }

    private Error? Refuse(IncomingMessage message, DeliveryState? state) => state is TransactionalState
        ? Errors.NotImplemented("transactions")
        : faults.RefusesSendTo(queue)
            ?? (message.Encoded.Length > queue.Options.MaxMessageSizeInBytes ? Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes) : null);

    private static IReadOnlyList<MessageContent>? TryDecode(IncomingMessage message, out Error? error)
    {
        error = null;
        try
        {
            return MessageDecoder.Decode(message.Encoded, message.Format);
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // Bytes that are no message, and what AMQPNetLite throws on values of an unexpected type or length.
            error = Errors.Malformed(exception.Message);
            return null;
        }
    }
}
