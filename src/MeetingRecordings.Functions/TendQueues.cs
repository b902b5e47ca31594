using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tickets;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>
/// Looks after the queues every four minutes: measures what lies there, ends dead letters that are too old, and tells how many of the
/// month's calls are used.
/// </summary>
public sealed class TendQueues(QueueGauges gauges, DeadLetterExpiry expiry, CallBudgetWatch calls)
{
    /// <summary>Handles one turn of the timer.</summary>
    [Function(nameof(TendQueues))]
    public async Task RunAsync([TimerTrigger("0 */4 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await calls.TellAsync(cancellationToken);
        await gauges.MeasureAsync(cancellationToken);
        await expiry.RunAsync(cancellationToken);
    }
}
