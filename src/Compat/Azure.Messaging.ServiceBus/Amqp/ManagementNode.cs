using System.Net;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>The operations of a queue's <c>$management</c> node.</summary>
/// <remarks>azure-docs, service-bus-amqp-request-response.</remarks>
internal sealed class ManagementNode(AmqpConnectionScope scope, string entityPath)
{
    private readonly OnDemand<RequestLink> _link = scope.ManagementLinkTo(entityPath);

    public async Task<IReadOnlyList<long>> ScheduleAsync(IEnumerable<ServiceBusMessage> messages, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var entries = new List();
        foreach (var message in messages)
        {
            var encoded = MessageEncoder.ToAmqp(message).Encode();
            var entry = new Map { ["message"] = encoded.Buffer.AsSpan(encoded.Offset, encoded.Length).ToArray() };
            if (message.MessageId is { } messageId)
            {
                entry["message-id"] = messageId;
            }

            entries.Add(entry);
        }

        var response = await RequestAsync("schedule-message", new Map { ["messages"] = entries }, null, timeout, cancellationToken)
            .ConfigureAwait(false);
        return (long[])BodyOf(response)["sequence-numbers"];
    }

    public Task CancelScheduledAsync(long[] numbers, TimeSpan timeout, CancellationToken cancellationToken)
        => RequestAsync("cancel-scheduled-message", new Map { ["sequence-numbers"] = numbers }, null, timeout, cancellationToken);

    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(
        long fromSequenceNumber,
        int maxMessages,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var body = new Map { ["from-sequence-number"] = fromSequenceNumber, ["message-count"] = maxMessages };
        var response = await RequestAsync("peek-message", body, null, timeout, cancellationToken).ConfigureAwait(false);
        if (ManagementResponse.StatusOf(response) == HttpStatusCode.NoContent)
        {
            return [];
        }

        return ((IEnumerable<object>)BodyOf(response)["messages"])
            .Select(entry => MessageDecoder.FromPeek((byte[])((Map)entry)["message"]))
            .ToList();
    }

    public async Task<DateTimeOffset> RenewLockAsync(Guid lockToken, string linkName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = new Map { ["lock-tokens"] = new[] { lockToken } };
        var response = await RequestAsync("renew-lock", body, linkName, timeout, cancellationToken).ConfigureAwait(false);
        return ((DateTime[])BodyOf(response)["expirations"])[0];
    }

    public Task SettleAsync(Guid lockToken, Disposition disposition, string linkName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = new Map
        {
            ["lock-tokens"] = new[] { lockToken },
            ["disposition-status"] = disposition.Status,
        };
        if (disposition.Reason is not null)
        {
            body["deadletter-reason"] = disposition.Reason;
        }

        if (disposition.Description is not null)
        {
            body["deadletter-description"] = disposition.Description;
        }

        if (disposition.Properties is { Count: > 0 } properties)
        {
            var modified = new Map();
            foreach (var (name, value) in properties)
            {
                modified[name] = AmqpValues.ToAmqp(value);
            }

            body["properties-to-modify"] = modified;
        }

        return RequestAsync("update-disposition", body, linkName, timeout, cancellationToken);
    }

    public Task CloseAsync(CancellationToken cancellationToken) => _link.CloseAsync(cancellationToken);

    private static Map BodyOf(Message response) => (Map)((AmqpValue)response.BodySection).Value;

    private async Task<Message> RequestAsync(
        string operation,
        Map body,
        string linkName,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var request = new Message(body)
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["operation"] = $"com.microsoft:{operation}",
                ["com.microsoft:server-timeout"] = (uint)Math.Clamp(timeout.TotalMilliseconds, 0, uint.MaxValue),
            },
        };
        if (linkName is not null)
        {
            request.ApplicationProperties["associated-link-name"] = linkName;
        }

        var link = await _link.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await link.RequestAsync(request, cancellationToken).ConfigureAwait(false);
        ManagementResponse.ThrowIfFailed(response);
        return response;
    }
}
