using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A pair of links to a node that answers requests. Requests do not wait for each other.</summary>
internal sealed class RequestLink : AmqpEndpoint
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Message>> _waiting = new();
    private readonly Session _session;
    private readonly SenderLink _requests;
    private readonly ReceiverLink _replies;
    private readonly string _replyTo;
    private long _lastId;

    private RequestLink(Session session, SenderLink requests, ReceiverLink replies, string replyTo)
    {
        _session = session;
        _requests = requests;
        _replies = replies;
        _replyTo = replyTo;
        replies.Start(0, OnReply);
        Watch(session);

        // Either half is useless without the other.
        requests.AddClosedCallback((_, _) => Abandon(session));
        replies.AddClosedCallback((_, _) => Abandon(session));
    }

    /// <summary>Opens the links.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="node">The node's address.</param>
    /// <param name="entityType">What kind of node it is; null where it is not said.</param>
    /// <param name="timeout">How long an answer may take, which the node is told.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public static async Task<RequestLink> OpenAsync(
        AmqpConnection connection,
        string node,
        string entityType,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var replyTo = Guid.NewGuid().ToString("N");
        var properties = LinkOpening.PropertiesWith(timeout);
        if (entityType is not null)
        {
            properties[new Symbol("com.microsoft:entity-type")] = entityType;
        }

        var session = new Session(connection.Inner);
        try
        {
            var requestsOpening = new LinkOpening(connection.Transport);
            var requests = new SenderLink(
                session,
                $"{node}-requests-{replyTo}",
                new Attach { Source = new Source { Address = replyTo }, Target = new Target { Address = node }, Properties = properties },
                requestsOpening.OnAttached);
            var repliesOpening = new LinkOpening(connection.Transport);
            var replies = new ReceiverLink(
                session,
                $"{node}-replies-{replyTo}",
                new Attach { Source = new Source { Address = node }, Target = new Target { Address = replyTo }, Properties = properties },
                repliesOpening.OnAttached);
            await requestsOpening.WaitAsync(requests, cancellationToken).ConfigureAwait(false);
            await repliesOpening.WaitAsync(replies, cancellationToken).ConfigureAwait(false);
            return new RequestLink(session, requests, replies, replyTo);
        }
        catch
        {
            Abandon(session);
            throw;
        }
    }

    /// <summary>Sends a request and waits for the answer.</summary>
    public async Task<Message> RequestAsync(Message request, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        request.Properties = new Properties { MessageId = id, ReplyTo = _replyTo };
        var answer = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            _replies.SetCredit(1, CreditMode.Manual);
            _requests.Send(request, OnOutcome, answer);
            if (!IsOpen)
            {
                answer.TrySetException(AmqpErrors.Closed(_session.Error));
            }

            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(_requests, cancellationToken).ConfigureAwait(false);
        await base.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override void OnClosed(Error error)
    {
        error ??= _requests.Error ?? _replies.Error;
        foreach (var (_, answer) in _waiting)
        {
            answer.TrySetException(AmqpErrors.Closed(error));
        }
    }

    private static void OnOutcome(ILink link, Message request, Outcome outcome, object state)
    {
        var answer = (TaskCompletionSource<Message>)state;
        if (outcome is Rejected rejected)
        {
            answer.TrySetException(AmqpErrors.ToException(rejected.Error));
        }
        else if (outcome is Released)
        {
            answer.TrySetException(AmqpErrors.Closed(link.Error));
        }
    }

    private void OnReply(IReceiverLink link, Message reply)
    {
        link.Accept(reply);
        if (reply.Properties?.GetCorrelationId()?.ToString() is { } id && _waiting.TryGetValue(id, out var answer))
        {
            answer.TrySetResult(reply);
        }
    }
}
