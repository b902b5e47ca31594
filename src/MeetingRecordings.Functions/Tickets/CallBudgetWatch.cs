using MeetingRecordings.DingTalk;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>Tells how many of the month's calls are used, and warns once when four fifths are.</summary>
/// <param name="budget">The budget.</param>
/// <param name="logger">The log.</param>
public sealed partial class CallBudgetWatch(CallBudget budget, ILogger<CallBudgetWatch> logger)
{
    private bool _hasWarned;

    /// <summary>Tells it once; nothing where there is no budget.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (budget.CallsPerMonth is not { } limit || await budget.AskAsync(cancellationToken) is not { } used)
        {
            return;
        }

        RecordingTelemetry.MonthHas(used, limit);
        var isShort = used >= limit * 4L / 5;
        if (isShort && !_hasWarned)
        {
            Log.RunsShort(logger, used, limit);
        }

        _hasWarned = isShort;
    }

    private static partial class Log
    {
        [LoggerMessage(
            231,
            LogLevel.Warning,
            "{Used} of the {Limit} calls of this month are used; the last twentieth is kept for recordings that DingTalk announces, and other looks wait for the next month")]
        public static partial void RunsShort(ILogger logger, int used, int limit);
    }
}
