using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MeetingRecordings.Functions.Health;

/// <summary>Tells whether everything that the app needs works. It is tried at most every ten seconds, however many ask.</summary>
/// <param name="checks">Tries it.</param>
/// <param name="clock">The time.</param>
public sealed class Readiness(HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task<ReadinessReport>? _report;
    private long _startedAt;

    /// <summary>Tries everything, or gives the last report while it is good.</summary>
    /// <param name="cancellationToken">Stops the wait, not the tries, for which others may wait too.</param>
    public Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_report is null || (_report.IsCompleted && clock.GetElapsedTime(_startedAt) >= GoodFor))
            {
                _startedAt = clock.GetTimestamp();
                _report = Task.Run(TryAllAsync, CancellationToken.None);
            }

            return _report.WaitAsync(cancellationToken);
        }
    }

    private async Task<ReadinessReport> TryAllAsync()
    {
        var at = clock.GetUtcNow();
        var report = await checks.CheckHealthAsync();
        return new ReadinessReport(
            report.Status == HealthStatus.Healthy,
            at,
            [.. report.Entries.Select(static entry => new ReadinessCheck(
                entry.Key,
                entry.Value.Status == HealthStatus.Healthy,
                Math.Round(entry.Value.Duration.TotalMilliseconds, 1),
                entry.Value.Description))]);
    }
}
