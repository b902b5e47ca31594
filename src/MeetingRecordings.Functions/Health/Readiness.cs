using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MeetingRecordings.Functions.Health;

/// <summary>Tells whether everything that the app needs works. It is tried at most every ten seconds, however many ask.</summary>
public sealed class Readiness
{
    private readonly HealthCheckService _checks;
    private readonly TimeProvider _clock;
    private readonly Remembered<ReadinessReport> _report;

    /// <summary>Creates it.</summary>
    /// <param name="checks">Tries what is needed.</param>
    /// <param name="clock">The time.</param>
    public Readiness(HealthCheckService checks, TimeProvider clock)
    {
        (_checks, _clock) = (checks, clock);
        _report = new(TryAllAsync, TimeSpan.FromSeconds(10), clock);
    }

    /// <summary>Tries everything, or gives the last report while it is good.</summary>
    /// <param name="cancellationToken">Stops the wait, not the tries, for which others may wait too.</param>
    public Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken) => _report.GetAsync(cancellationToken);

    private async Task<ReadinessReport> TryAllAsync()
    {
        var at = _clock.GetUtcNow();
        var report = await _checks.CheckHealthAsync();
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
