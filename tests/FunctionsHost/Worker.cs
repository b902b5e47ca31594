using System.Diagnostics;
using FunctionsHost.Rpc;

namespace FunctionsHost;

/// <summary>One run of the app: its process, and the stream to it.</summary>
public sealed class Worker : IAsyncDisposable
{
    // As long as the Functions host waits.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly WorkerProcess _process;
    private readonly WorkerChannel _channel;
    private readonly long _started;

    private Worker(WorkerProcess process, long started, WorkerChannel channel)
        => (_process, _started, _channel) = (process, started, channel);

    /// <summary>The process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>All its functions.</summary>
    public required IReadOnlyList<HostedFunction> Functions { get; init; }

    /// <summary>How long ago its process was created.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_started);

    /// <summary>How its start went.</summary>
    public required StartTimes Times { get; init; }

    /// <summary>The worker's own HTTP server.</summary>
    public required Uri Server { get; init; }

    /// <summary>Asks it to end, with SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        _process.Terminate();
        return _process.ExitAsync(cancellationToken);
    }

    /// <summary>Ends it without warning, with SIGKILL.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        return _process.ExitAsync(cancellationToken);
    }

    /// <summary>Asks it to end, as the host does when it stops; one that does not is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });
        using var timeout = new CancellationTokenSource(GracePeriod);
        await ((Task)_process.ExitAsync(timeout.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    internal static async Task<Worker> StartAsync(
        WorkerHostOptions options, Uri host, FunctionRpcService calls, CancellationToken cancellationToken)
    {
        var workerId = Guid.NewGuid().ToString();
        var call = calls.CallAsync(workerId);
        var started = Stopwatch.GetTimestamp();
        var process = WorkerProcess.Start(options, host, workerId);
        try
        {
            var exit = process.ExitAsync(cancellationToken);
            if (await Task.WhenAny(call, exit) == exit)
            {
                throw new WorkerEndedException("The worker has ended before it called the host.", await exit);
            }

            return await BeginAsync(options, process, await call, started);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a function.</summary>
    /// <exception cref="FunctionFailedException">It ended in an exception.</exception>
    /// <exception cref="WorkerEndedException">The worker ended meanwhile.</exception>
    internal async Task InvokeAsync(HostedFunction function, string invocationId, TypedData input, CancellationToken cancellationToken)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = invocationId,
            FunctionId = function.Id,
            InputData = { new ParameterBinding { Name = function.Text("name"), Data = input } },
            TraceContext = new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "" },
        };
        var answer = _channel.AskAsync(new StreamingMessage { InvocationRequest = invocation });
        await using var cancel = cancellationToken.Register(
            () => _channel.Tell(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocationId } }));
        Check((await answer).InvocationResponse.Result);
    }

    private static async Task<Worker> BeginAsync(WorkerHostOptions options, WorkerProcess process, WorkerChannel channel, long started)
    {
        var connected = Stopwatch.GetElapsedTime(started);
        var init = await channel.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest
            {
                HostVersion = "4.0.0",
                WorkerDirectory = options.AppDirectory,
                FunctionAppDirectory = options.AppDirectory,
            },
        });
        Check(init.WorkerInitResponse.Result);
        var initialized = Stopwatch.GetElapsedTime(started);
        var index = await channel.AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = options.AppDirectory },
        });
        Check(index.FunctionMetadataResponse.Result);
        var metadata = index.FunctionMetadataResponse.FunctionMetadataResults;
        var indexed = Stopwatch.GetElapsedTime(started);
        var loads = await Task.WhenAll(metadata.Select(one => channel.AskAsync(new StreamingMessage
        {
            FunctionLoadRequest = new FunctionLoadRequest { FunctionId = one.FunctionId, Metadata = one },
        })));
        Array.ForEach(loads, static load => Check(load.FunctionLoadResponse.Result));
        return new Worker(process, started, channel)
        {
            Server = new Uri(init.WorkerInitResponse.Capabilities["HttpUri"]),
            Functions = [.. metadata.Select(HostedFunction.Read)],
            Times = new StartTimes(connected, initialized, indexed, Stopwatch.GetElapsedTime(started)),
        };
    }

    private static void Check(StatusResult result)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new FunctionFailedException($"{result.Status}: {result.Exception?.Message}");
        }
    }
}
