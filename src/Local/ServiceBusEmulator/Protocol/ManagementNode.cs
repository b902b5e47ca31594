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

    public OutgoingMessage Answer(Message request)
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
                Prefix + "renew-lock" => RenewLocks(body),
                Prefix + "peek-message" => Peek(body),
                Prefix + "schedule-message" => Schedule(body),
                Prefix + "cancel-scheduled-message" => Cancel(body),
                Prefix + "update-disposition" => UpdateDisposition(body),
                _ => Replies.Failed(501, Errors.NotImplemented($"the operation '{operation}'")),
            };
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            return Replies.Failed(400, new Error("com.microsoft:argument-error") { Description = exception.Message });
        }
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

    private OutgoingMessage Schedule(Map body)
    {
        if (faults.RefusesSendTo(queue) is { } refusal)
        {
            return Replies.Failed(503, refusal);
        }

        var batch = Items(body["messages"]).Cast<Map>().Select(static item => MessageDecoder.DecodeOne((byte[])item["message"])).ToList();
        return queue.Send(batch, out var sequenceNumbers) switch
        {
            SendOutcome.QueueFull => Replies.Failed(403, Errors.QueueFull(queue.Options.Name)),
            SendOutcome.MessageTooLarge => Replies.Failed(400, Errors.MessageTooLarge(queue.Options.MaxMessageSizeInBytes)),
            _ => Replies.Ok(new Map { ["sequence-numbers"] = ToArray(sequenceNumbers) }),
        };
    }

    private OutgoingMessage Cancel(Map body)
    {
        var sequenceNumbers = Items(body["sequence-numbers"]).Cast<object>().Select(Convert.ToInt64).ToList();
        return queue.Cancel(sequenceNumbers)
            ? Replies.Ok()
            : Replies.Failed(404, new Error("com.microsoft:message-not-found") { Description = "A message is not scheduled, or not any more." });
    }

    private OutgoingMessage UpdateDisposition(Map body)
    {
        var status = body["disposition-status"] as string;
        var changes = (body["properties-to-modify"] as Map ?? []).ToDictionary(static pair => pair.Key.ToString()!, static pair => (object?)pair.Value);
        foreach (var token in LockTokens(body))
        {
            SettleOutcome? outcome = faults.LosesLock(queue, token) ? SettleOutcome.LockLost : status switch
            {
                "completed" => queue.Complete(token),
                "abandoned" => queue.Abandon(token, changes),
                "suspended" => queue.DeadLetter(token, body["deadletter-reason"] as string, body["deadletter-description"] as string, changes),
                _ => null,
            };
            switch (outcome)
            {
                case null:
                    return Replies.Failed(501, Errors.NotImplemented($"the disposition '{status}'"));
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
