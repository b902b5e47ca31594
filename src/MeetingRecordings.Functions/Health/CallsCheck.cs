using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MeetingRecordings.Functions.Health;

/// <summary>Tells how many of the month's calls are used. The app works even where none is left: looks wait then.</summary>
/// <param name="budget">The budget.</param>
internal sealed class CallsCheck(CallBudget budget) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => HealthCheckResult.Healthy(await budget.AskAsync(cancellationToken) is { } used
            ? $"{used} of {budget.CallsPerMonth} calls of this month are used."
            : "The month's calls cannot be counted; none is held back.");
}
