using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Queues;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Looks after the queues every four minutes: measures what lies there, and ends dead letters that are too old.</summary>
public sealed class TendQueues(QueueGauges gauges, DeadLetterExpiry expiry)
{
    /// <summary>Handles one turn of the timer.</summary>
    [Function(nameof(TendQueues))]
    public async Task RunAsync([TimerTrigger("0 */4 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await gauges.MeasureAsync(cancellationToken);
        await expiry.RunAsync(cancellationToken);
    }
}
