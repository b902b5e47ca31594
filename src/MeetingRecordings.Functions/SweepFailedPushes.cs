using MeetingRecordings.Functions.Sweep;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Asks DingTalk, on a schedule, for the pushes that it could not deliver, where <c>Sweep__Enabled</c> is true.</summary>
/// <param name="wanted">Whether it is wanted.</param>
/// <param name="sweep">Asks.</param>
public sealed class SweepFailedPushes(SweepSwitch wanted, FailedPushSweep sweep)
{
    /// <summary>Handles one turn of the timer.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">The host is stopping.</param>
    [Function(nameof(SweepFailedPushes))]
    public Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
        => wanted.Enabled ? sweep.RunAsync(cancellationToken) : Task.CompletedTask;
}
