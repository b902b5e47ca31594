using System.Collections;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>The management node of a queue or of its dead-letter queue.</summary>
internal sealed class ManagementNode(MessageQueue queue, FaultScript faults) : IRequestNode
{
    private const string Prefix = "com.microsoft:";
    private const int MostPeeked = 250;
    private const int MostPeekedBytes = 1024 * 1024;

    public OutgoingMessage? Answer(Message request)
    {
        var operation = Replies.OperationOf(request);
        if (faults.IsBusy(queue) is { } busy)
        {
            return Replies.Failed(503, busy);
        }

        try
        {
            var body = request.Body as Map ?? [];
            return operation switch
            {
                Prefix + "renew-lock" => Exchange(QueueOperation.RenewLock, () => RenewLocks(body)),
                Prefix + "peek-message" => Exchange(QueueOperation.Peek, () => Peek(body)),
                Prefix + "schedule-message" => Schedule(body),
                Prefix + "cancel-scheduled-message" => Exchange(QueueOperation.Cancel, () => Cancel(body)),
                Prefix + "update-disposition" => UpdateDisposition(body),
                _ => Replies.Failed(501, Errors.NotImplemented($"the operation '{operation}'")),
            };
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            return Replies.Failed(400, new Error("com.microsoft:argument-error") { Description = exception.Message });
        }
    }

    private OutgoingMessage? Exchange(QueueOperation operation, Func<OutgoingMessage> apply)
    {
        if (!faults.GoesOn(queue, operation, ExchangeSide.Before))
        {
            return null;
        }

        var reply = apply();
        return faults.GoesOn(queue, operation, ExchangeSide.After) ? reply : null;
    }

    private OutgoingMessage RenewLocks(Map body)
    {
        var expirations = new List<DateTime>();
        foreach (var token in LockTokens(body))
        {
            if (faults.LosesLock(queue, token) || queue.Renew(token) is not { } until)
            {
                return Replies.Failed(410, Errors.LockLost());
            }

            expirations.Add(until.UtcDateTime);
        }

        return Replies.Ok(new Map { ["expirations"] = ToArray(expirations) });
    }

    private OutgoingMessage Peek(Map body)
    {
        var from = Convert.ToInt64(body["from-sequence-number"]);
        var count = Math.Clamp(Convert.ToInt32(body["message-count"]), 0, MostPeeked);
        var messages = new List();
        var bytes = 0;
        foreach (var message in queue.Peek(from, count))
        {
            var encoded = MessageEncoder.EncodeToArray(message);
            bytes += encoded.Length;
            if (bytes > MostPeekedBytes && messages.Count > 0)
            {
                // Clients peek on from the last message that they were given.
                break;
            }

            messages.Add(new Map { ["message"] = encoded });
        }

        return messages.Count == 0 ? Replies.Of(204, "No Content") : Replies.Ok(new Map { ["messages"] = messages });
    }

    private OutgoingMessage? Schedule(Map body)
    {
        if (faults.RefusesSendTo(queue) is { } refusal)
        {
            return Replies.Failed(503, refusal);
        }

        var batch = Items(body["messages"]).Cast<Map>().Select(static item => MessageDecoder.DecodeOne((byte[])item["message"])).ToList();
        if (!faults.GoesOn(queue, batch, ExchangeSide.Before))
        {
            return null;
        }

        var reply = queue.Send(batch, out var sequenceNumbers) switch
        {
            SendOutcome.QueueFull => Replies.Failed(403, Errors.QueueFull(queue.Options.Name)),
            SendOutcome.MessageTooLarge => Replies.Failed(400, Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes)),
            _ => Replies.Ok(new Map { ["sequence-numbers"] = ToArray(sequenceNumbers) }),
        };
        return faults.GoesOn(queue, batch, ExchangeSide.After) ? reply : null;
    }

    private OutgoingMessage Cancel(Map body)
    {
        var sequenceNumbers = Items(body["sequence-numbers"]).Cast<object>().Select(Convert.ToInt64).ToList();
        return queue.Cancel(sequenceNumbers)
            ? Replies.Ok()
            : Replies.Failed(404, new Error("com.microsoft:message-not-found") { Description = "A message is not scheduled, or not any more." });
    }

    private OutgoingMessage? UpdateDisposition(Map body)
    {
        var changes = (body["properties-to-modify"] as Map ?? []).ToDictionary(static pair => pair.Key.ToString()!, static pair => (object?)pair.Value);
        var status = body["disposition-status"] as string;
        return status switch
        {
            "completed" => Settle(QueueOperation.Complete, queue.Complete),
            "abandoned" => Settle(QueueOperation.Abandon, token => queue.Abandon(token, changes)),
            "suspended" => Settle(
                QueueOperation.DeadLetter,
                token => queue.DeadLetter(token, body["deadletter-reason"] as string, body["deadletter-description"] as string, changes)),
            _ => Replies.Failed(501, Errors.NotImplemented($"the disposition '{status}'")),
        };

        OutgoingMessage? Settle(QueueOperation operation, Func<Guid, SettleOutcome> settle) => Exchange(operation, () => Apply(body, settle));
    }

    private OutgoingMessage Apply(Map body, Func<Guid, SettleOutcome> settle)
    {
        foreach (var token in LockTokens(body))
        {
            switch (faults.LosesLock(queue, token) ? SettleOutcome.LockLost : settle(token))
            {
                case SettleOutcome.LockLost:
                    return Replies.Failed(410, Errors.LockLost());
                case SettleOutcome.NotAllowed:
                    return Replies.Failed(400, Errors.NotAllowed("A message in a dead-letter queue cannot be dead-lettered."));
            }
        }

        return Replies.Ok();
    }

    private static IEnumerable<Guid> LockTokens(Map body) => Items(body["lock-tokens"]).Cast<Guid>();

    private static IEnumerable Items(object? value) => value as IEnumerable ?? Array.Empty<object>();

    /// <summary>An array, or for none an empty list: AMQPNetLite cannot write an empty array.</summary>
    private static object ToArray<T>(IReadOnlyCollection<T> items) => items.Count == 0 ? new List() : items.ToArray();
}
