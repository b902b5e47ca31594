using Azure;
using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Health;

/// <summary>Tells whether everything that the app needs works. It is tried at most every ten seconds, however many ask.</summary>
public sealed class Readiness
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ReadinessProbe> _probes;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private Task<ReadinessReport>? _report;
    private long _startedAt;

    internal Readiness(IReadOnlyList<ReadinessProbe> probes, TimeProvider clock)
    {
        _probes = probes;
        _clock = clock;
    }

    /// <summary>Tries everything, or gives the last report while it is good.</summary>
    /// <param name="cancellationToken">Stops the wait, not the tries, for which others may wait too.</param>
    public Task<ReadinessReport> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_report is null || (_report.IsCompleted && _clock.GetElapsedTime(_startedAt) >= GoodFor))
            {
                _startedAt = _clock.GetTimestamp();
                _report = Task.Run(TryAllAsync, CancellationToken.None);
            }

            return _report.WaitAsync(cancellationToken);
        }
    }

    private async Task<ReadinessReport> TryAllAsync()
    {
        var at = _clock.GetUtcNow();
        var checks = await Task.WhenAll(_probes.Select(TryAsync)).ConfigureAwait(false);
        return new ReadinessReport(checks.All(static check => check.Ok), at, checks);
    }

    private async Task<ReadinessCheck> TryAsync(ReadinessProbe probe)
    {
        var start = _clock.GetTimestamp();
        var detail = await ReasonAsync(probe).ConfigureAwait(false);
        return new ReadinessCheck(probe.Name, detail is null, Math.Round(_clock.GetElapsedTime(start).TotalMilliseconds, 1), detail);
    }

    private async Task<string?> ReasonAsync(ReadinessProbe probe)
    {
        using var timeout = new CancellationTokenSource(LongestTry, _clock);
        try
        {
            // Some clients take long to notice that they were given up.
            return await probe.TryAsync(timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return $"No answer within {LongestTry.TotalSeconds} s.";
        }
        catch (ServiceBusException e)
        {
            return $"Service Bus: {e.Reason}.";
        }
        catch (RequestFailedException e)
        {
            return $"Blob Storage answered {e.Status} {e.ErrorCode}.";
        }
        catch (Exception e)
        {
            // What a message says may hold an address with a signature.
            return $"{e.GetType().Name}.";
        }
    }
}
