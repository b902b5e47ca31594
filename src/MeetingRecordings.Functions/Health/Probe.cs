using Azure;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MeetingRecordings.Functions.Health;

/// <summary>Tries something that the app needs. Whatever stands in the way is told in words without secrets.</summary>
/// <param name="tryAsync">Tries it: null where it works, else why it does not.</param>
/// <param name="clock">The time.</param>
internal sealed class Probe(Func<CancellationToken, Task<string?>> tryAsync, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => await ReasonAsync() is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy();

    private async Task<string?> ReasonAsync()
    {
        using var timeout = new CancellationTokenSource(LongestTry, clock);
        try
        {
            // Some clients take long to notice that they were cancelled.
            return await tryAsync(timeout.Token).WaitAsync(timeout.Token);
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
