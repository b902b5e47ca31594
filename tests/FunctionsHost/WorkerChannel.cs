using System.Collections.Concurrent;
using System.Threading.Channels;
using FunctionsHost.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace FunctionsHost;

/// <summary>The stream between the host and one worker: questions and their answers, and the worker's log.</summary>
internal sealed class WorkerChannel(
    IAsyncStreamReader<StreamingMessage> fromWorker,
    IServerStreamWriter<StreamingMessage> toWorker,
    HostLog log)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();

    /// <summary>Asks the worker something.</summary>
    /// <exception cref="WorkerEndedException">It ended before it had answered.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[question.RequestId] = answer;
        if (!_outgoing.Writer.TryWrite(question))
        {
            answer.TrySetException(Ended());
        }

        return answer.Task;
    }

    /// <summary>Says something to the worker that has no answer.</summary>
    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Carries messages until the worker's end of the stream closes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sending = SendAsync(cancellationToken);
        try
        {
            await foreach (var message in fromWorker.ReadAllAsync(cancellationToken))
            {
                Handle(message);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // So ends the stream of a worker that was killed.
        }
        finally
        {
            // What is asked from here on is refused; what was asked before is answered by the loop.
            _outgoing.Writer.TryComplete();
            foreach (var unanswered in _asked.Values)
            {
                unanswered.TrySetException(Ended());
            }

            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static WorkerEndedException Ended() => new("The worker has ended.");

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await toWorker.WriteAsync(message, cancellationToken);
        }
    }

    private void Handle(StreamingMessage message)
    {
        if (message.RpcLog is { } line)
        {
            log.Add(new LogLine(line.Category, (LogLevel)line.Level, line.Message)
            {
                EventId = line.EventId,
                Exception = line.Exception?.Message ?? "",
                InvocationId = line.InvocationId,
            });
        }
        else if (_asked.TryRemove(message.RequestId, out var answer))
        {
            answer.TrySetResult(message);
        }
    }
}
