using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Functions.Worker.Settling;

namespace FunctionsHost;

/// <summary>
/// Settles messages for the worker while a function handles them, through the processor that received them: what is settled here
/// it does not settle again.
/// </summary>
internal sealed class SettlementService : Settlement.SettlementBase
{
    private readonly ConcurrentDictionary<string, ProcessMessageEventArgs> _handled = new();

    public void Begin(ProcessMessageEventArgs message) => _handled[message.Message.LockToken] = message;

    public void End(ProcessMessageEventArgs message) => _handled.TryRemove(message.Message.LockToken, out _);

    public override Task<Empty> Complete(CompleteRequest request, ServerCallContext context)
        => SettleAsync(request.Locktoken, held => held.CompleteMessageAsync(held.Message, context.CancellationToken));

    public override Task<Empty> Abandon(AbandonRequest request, ServerCallContext context)
        => SettleAsync(
            request.Locktoken,
            held => held.AbandonMessageAsync(held.Message, Decode(request.PropertiesToModify), context.CancellationToken));

    public override Task<Empty> Deadletter(DeadletterRequest request, ServerCallContext context)
        => SettleAsync(
            request.Locktoken,
            held => held.DeadLetterMessageAsync(
                held.Message,
                Decode(request.PropertiesToModify),
                request.DeadletterReason,
                request.DeadletterErrorDescription,
                context.CancellationToken));

    private async Task<Empty> SettleAsync(string lockToken, Func<ProcessMessageEventArgs, Task> settleAsync)
    {
        await settleAsync(_handled.TryGetValue(lockToken, out var held)
            ? held
            : throw new RpcException(new Status(StatusCode.NotFound, "No function handles such a message.")));
        return new Empty();
    }

    private static Dictionary<string, object>? Decode(ByteString map)
    {
        if (map.IsEmpty)
        {
            return null;
        }

        using var buffer = new ByteBuffer(map.ToByteArray(), 0, map.Length);
        return AmqpCodec.DecodeMap(buffer).ToDictionary(static pair => (string)pair.Key.Key, static pair => pair.Value);
    }
}
