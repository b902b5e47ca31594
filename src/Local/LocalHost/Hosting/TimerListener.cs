namespace LocalHost.Hosting;

/// <summary>Runs a function on its schedule, one run at a time.</summary>
/// <param name="function">The function.</param>
/// <param name="clock">The time.</param>
/// <param name="services">Where the function's needs come from.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class TimerListener(
    TimerFunction function,
    TimeProvider clock,
    IServiceProvider services,
    ILogger<TimerListener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (function.RunsOnStartup)
        {
            await RunAsync(stoppingToken);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await Task.Delay(function.Schedule.GetNextOccurrence(now) - now, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await RunAsync(stoppingToken);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var scope = services.CreateAsyncScope();
            await using (scope)
            {
                await function.RunAsync(scope.ServiceProvider, cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, function.Function.Name, e);
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(901, LogLevel.Error, "The timer of {Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
