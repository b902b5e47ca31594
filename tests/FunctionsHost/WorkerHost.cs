using LocalHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionsHost;

/// <summary>
/// A small Functions host: runs the built app as its worker and does the host's part of the protocol between them. It serves the
/// HTTP functions, reads the queues, keeps the timers and settles messages.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WorkerHostOptions _options;
    private readonly HostJson _hostJson = HostJson.Read();
    private readonly FunctionRpcService _calls;
    private readonly SettlementService _settlement = new();
    private readonly FunctionInvoker _invoker = new();
    private readonly List<IAsyncDisposable> _triggers = [];
    private readonly WebApplication _rpc;
    private Worker? _worker;
    private Uri? _baseAddress;
    private bool _disposed;

    private WorkerHost(WorkerHostOptions options)
    {
        _options = options;
        _calls = new FunctionRpcService(options.Log);
        _rpc = LoopbackServer.Create(
            HttpProtocols.Http2,
            services => services.AddSingleton(_calls).AddSingleton(_settlement).AddGrpc());
        _rpc.MapGrpcService<FunctionRpcService>();
        _rpc.MapGrpcService<SettlementService>();
    }

    /// <summary>The host's log.</summary>
    public HostLog Log => _options.Log;

    /// <summary>The worker that was started last.</summary>
    public Worker Worker => _worker!;

    /// <summary>What the functions' routes are relative to.</summary>
    public Uri BaseAddress => _baseAddress!;

    /// <summary>Starts the worker, then what triggers its functions.</summary>
    /// <exception cref="WorkerEndedException">The worker has ended instead.</exception>
    public static async Task<WorkerHost> StartAsync(WorkerHostOptions options, CancellationToken cancellationToken)
    {
        var host = new WorkerHost(options);
        try
        {
            await host._rpc.StartAsync(cancellationToken);
            await host.StartWorkerAsync(cancellationToken);
            await host.StartTriggersAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a worker in the place of one that has ended.</summary>
    /// <exception cref="WorkerEndedException">The worker has ended again.</exception>
    public async Task StartWorkerAsync(CancellationToken cancellationToken)
    {
        if (_worker is { } last)
        {
            await last.DisposeAsync();
        }

        _worker = await Worker.StartAsync(_options, new Uri(_rpc.Urls.Single()), _calls, cancellationToken);
        _invoker.Use(_worker);
    }

    /// <summary>Runs a timer's function now.</summary>
    /// <exception cref="FunctionFailedException">It ended in an exception.</exception>
    public Task RunTimerAsync(string function, CancellationToken cancellationToken)
        => _invoker.InvokeAsync(Worker.Functions.Single(one => one.Name == function), TimerTrigger.Input, cancellationToken);

    /// <summary>Takes nothing more, cancels the functions that are running and waits for them, then stops the worker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        foreach (var trigger in _triggers)
        {
            await trigger.DisposeAsync();
        }

        if (_worker is { } worker)
        {
            await worker.DisposeAsync();
        }

        await _rpc.DisposeAsync();
    }

    private async Task StartTriggersAsync(CancellationToken cancellationToken)
    {
        var enabled = Worker.Functions
            .Where(function => !_options.IsDisabled(function.Name))
            .ToLookup(static function => function.TriggeredBy);
        var http = await HttpTriggers.StartAsync(enabled["http"], _hostJson.RoutePrefix, _invoker, _options.Keys, Log, cancellationToken);
        _triggers.Add(http);
        _baseAddress = new Uri(http.Address, $"{_hostJson.RoutePrefix}/");
        foreach (var (function, queue) in FilledIn(enabled["serviceBus"], "queueName"))
        {
            var trigger = new QueueTrigger(function, _invoker, _settlement, Log);
            await trigger.StartAsync(_options.Settings[function.Text("connection")!]!, queue, _hostJson.Processor);
            _triggers.Add(trigger);
        }

        foreach (var (function, schedule) in FilledIn(enabled["timer"], "schedule"))
        {
            _triggers.Add(new TimerTrigger(function, schedule, _invoker, Log));
        }
    }

    // A function whose setting is missing does not run; all others do.
    private IEnumerable<(HostedFunction Function, string Value)> FilledIn(IEnumerable<HostedFunction> functions, string property)
    {
        foreach (var function in functions)
        {
            var text = function.Text(property)!;
            if (_options.FillIn(text) is { } value)
            {
                yield return (function, value);
            }
            else
            {
                Log.AddTriggerError($"The function {function.Name} is in error: {text} is not set.");
            }
        }
    }
}
