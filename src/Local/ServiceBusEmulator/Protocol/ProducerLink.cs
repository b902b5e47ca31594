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
        DeliveryState outcome = Receive(message, messageContext.DeliveryState) is { } error
            ? new Rejected { Error = error }
            : new Accepted();
        messageContext.Link.DisposeMessage(message, outcome, settled: true);
        message.Dispose();
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    private Error? Receive(IncomingMessage message, DeliveryState? state)
    {
        if (state is TransactionalState)
        {
            return Errors.NotImplemented("transactions");
        }

        if (faults.RefusesSendTo(queue) is { } refusal)
        {
            return refusal;
        }

        if (message.Encoded.Length > queue.Options.MaxMessageSizeInBytes)
        {
            return Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes);
        }

        try
        {
            return queue.Send(MessageDecoder.Decode(message.Encoded, message.Format)) switch
            {
                SendOutcome.QueueFull => Errors.QueueFull(queue.Options.Name),
                SendOutcome.MessageTooLarge => Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes),
                _ => null,
            };
        }
        catch (AmqpException exception)
        {
            return Errors.Malformed(exception.Message);
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // What AMQPNetLite throws on values of an unexpected type or length.
            return Errors.Malformed(exception.Message);
        }
    }
}
