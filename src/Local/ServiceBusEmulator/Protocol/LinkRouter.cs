using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using Microsoft.Extensions.Logging;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>Decides what a link that a client attaches leads to, or refuses it.</summary>
internal sealed partial class LinkRouter(MessageBroker broker, FaultScript faults, IdleLinks idleLinks, ILogger logger) : ILinkProcessor
{
    private static readonly Symbol SessionFilter = "com.microsoft:session-filter";
    private static readonly TokenNode Tokens = new();

    public void Process(AttachContext attachContext)
    {
        if (Refuse(attachContext.Attach) is { } error)
        {
            Refuse(attachContext, error);
            return;
        }

        var isFromClient = !attachContext.Attach.Role;
        var text = isFromClient ? ((Target)attachContext.Attach.Target).Address : ((Source)attachContext.Attach.Source).Address;
        var address = EntityAddress.Parse(text);
        if (address.Node == EntityNode.Token)
        {
            AttachRequests(attachContext, Tokens);
            return;
        }

        if (Find(address) is not { } queue)
        {
            Refuse(attachContext, Errors.NotFound(text));
        }
        else if (faults.IsBusy(queue) is { } busy)
        {
            Refuse(attachContext, busy);
        }
        else if (address.Node == EntityNode.Management)
        {
            AttachRequests(attachContext, new ManagementNode(queue, faults));
        }
        else if (!isFromClient)
        {
            AttachConsumer(attachContext, queue);
        }
        else if (address.IsDeadLetter)
        {
            Refuse(attachContext, Errors.NotAllowed("Nothing can be sent to a dead-letter queue."));
        }
        else
        {
            attachContext.Attach.MaxMessageSize = (ulong)queue.Options.MaxMessageSizeInBytes;
            attachContext.Complete(new ProducerLink(queue, faults, idleLinks.Watch(attachContext.Link)), ProducerLink.Credit);
        }
    }

    private static Error? Refuse(Attach attach) => attach switch
    {
        { Role: false, Target: Amqp.Transactions.Coordinator } => Errors.NotImplemented("transactions"),
        { Role: false, Target: not Target } => Errors.NotAllowed("A sending link needs a target."),
        { Role: true, Source: not Source } => Errors.NotAllowed("A receiving link needs a source."),
        { Role: true, Source: Source { FilterSet: { } filters } } when filters.ContainsKey(SessionFilter) =>
            Errors.NotAllowed("The Service Bus emulator does not offer sessions: the queue cannot be received from by session."),
        _ => null,
    };

    private static void AttachRequests(AttachContext context, IRequestNode node)
    {
        var peer = PeerConnection.Of(context.Link);
        if (!context.Attach.Role)
        {
            context.Complete(new RequestLink(node, peer), RequestLink.Credit);
            return;
        }

        // Some clients name no address for replies and use the link's name as one.
        var replies = new ReplyLink(context.Link);
        var replyTo = context.Attach.Target is Target { Address: { Length: > 0 } target } ? target : context.Attach.LinkName;
        peer.AddReplyLink(replyTo, replies);
        context.Link.AddClosedCallback((_, _) => peer.RemoveReplyLink(replyTo, replies));
        context.Complete(replies, initialCredit: 0);
    }

    private void AttachConsumer(AttachContext context, MessageQueue queue)
    {
        var mode = context.Attach.SndSettleMode == SenderSettleMode.Settled ? ReceiveMode.ReceiveAndDelete : ReceiveMode.PeekLock;
        context.Attach.MaxMessageSize = (ulong)queue.Options.MaxMessageSizeInBytes;
        context.Complete(new ConsumerLink(context.Link, queue, mode, faults, idleLinks.Watch(context.Link)), initialCredit: 0);
    }

    private void Refuse(AttachContext context, Error error)
    {
        Log.LinkRefused(logger, context.Attach.LinkName, error.Condition, error.Description);
        context.Complete(error);
    }

    private MessageQueue? Find(EntityAddress address) => !broker.TryFind(address.Queue, out var queue)
        ? null
        : address.IsDeadLetter ? queue.DeadLetters : queue;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Link {Link} refused: {Condition}: {Description}")]
        public static partial void LinkRefused(ILogger logger, string link, string condition, string description);
    }
}
