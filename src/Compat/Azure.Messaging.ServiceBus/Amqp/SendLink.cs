using Amqp;
using Amqp.Framing;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A link that sends to a queue. Sends do not wait for each other.</summary>
internal sealed class SendLink : AmqpEndpoint
{
    private static readonly OutcomeCallback OutcomeCallback = OnOutcome;

    private readonly Session _session;
    private readonly SenderLink _link;

    private SendLink(Session session, SenderLink link, long maxMessageSize)
    {
        _session = session;
        _link = link;
        MaxMessageSize = maxMessageSize;
        Watch(link);
    }

    /// <summary>The largest message that the broker takes, in bytes.</summary>
    public long MaxMessageSize { get; }

    public static async Task<SendLink> OpenAsync(
        AmqpConnection connection,
        string entityPath,
        string identifier,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var session = new Session(connection.Inner);
        try
        {
            var opening = new LinkOpening(connection.Transport);
            var link = new SenderLink(
                session,
                $"{identifier}-{Guid.NewGuid():N}",
                new Attach
                {
                    Source = new Source { Address = identifier },
                    Target = new Target { Address = entityPath },
                    Properties = LinkOpening.PropertiesWith(timeout),
                },
                opening.OnAttached);
            var attach = await opening.WaitAsync(link, cancellationToken).ConfigureAwait(false);
            return new SendLink(session, link, attach.MaxMessageSize is 0 or > long.MaxValue ? long.MaxValue : (long)attach.MaxMessageSize);
        }
        catch
        {
            Abandon(session);
            throw;
        }
    }

    /// <summary>Sends a message; done when the broker has accepted it.</summary>
    public async Task SendAsync(Message message, CancellationToken cancellationToken)
    {
        var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _link.Send(message, OutcomeCallback, accepted);
        try
        {
            await accepted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!accepted.Task.IsCompleted && IsOpen)
        {
            _link.Cancel(message);
            throw;
        }
    }

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        await base.CloseAsync(cancellationToken).ConfigureAwait(false);
        Abandon(_session);
    }

    protected override void OnClosed(Error error) => Abandon(_session);

    private static void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        var accepted = (TaskCompletionSource)state;
        switch (outcome)
        {
            case Accepted:
                accepted.TrySetResult();
                break;
            case Rejected rejected:
                accepted.TrySetException(AmqpErrors.ToException(rejected.Error));
                break;
            default:
                accepted.TrySetException(AmqpErrors.Closed(link.Error));
                break;
        }
    }
}
