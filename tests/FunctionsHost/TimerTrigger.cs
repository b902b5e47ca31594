using FunctionsHost.Rpc;
using NCrontab;

namespace FunctionsHost;

/// <summary>Runs a function on its schedule, one run at a time.</summary>
internal sealed class TimerTrigger : IAsyncDisposable
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public TimerTrigger(HostedFunction function, string schedule, FunctionInvoker invoker, HostLog log)
        => _running = RunAsync(function, CrontabSchedule.Parse(schedule, WithSeconds), invoker, log);

    /// <summary>The value of the timer parameter.</summary>
    public static TypedData Input { get; } = new() { Json = """{"IsPastDue":false}""" };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(HostedFunction function, CrontabSchedule schedule, FunctionInvoker invoker, HostLog log)
    {
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, TimeProvider.System, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await invoker.InvokeAsync(function, Input, _stop.Token);
            }
            catch (Exception e) when (e is FunctionFailedException or WorkerEndedException or OperationCanceledException)
            {
                log.AddTriggerError($"{function.Name} failed.", e);
            }
        }
    }
}
