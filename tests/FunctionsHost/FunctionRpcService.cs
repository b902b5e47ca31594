using System.Collections.Concurrent;
using FunctionsHost.Rpc;
using Grpc.Core;

namespace FunctionsHost;

/// <summary>Where a worker calls its host: its stream goes to whoever waits for it.</summary>
internal sealed class FunctionRpcService(HostLog log) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> _calls = new();

    /// <summary>Waits for a worker's call.</summary>
    public Task<WorkerChannel> CallAsync(string workerId) => CallOf(workerId).Task;

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        await requestStream.MoveNext(context.CancellationToken);
        var channel = new WorkerChannel(requestStream, responseStream, log);
        CallOf(requestStream.Current.StartStream.WorkerId).TrySetResult(channel);
        await channel.RunAsync(context.CancellationToken);
    }

    private TaskCompletionSource<WorkerChannel> CallOf(string workerId)
        => _calls.GetOrAdd(workerId, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
