using System.Globalization;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Archiving;

/// <summary>Keeps the archive within the calls that it may make: what the month leaves it, and so many in a day, in China's time.</summary>
/// <param name="budget">The month's calls.</param>
/// <param name="callsPerDay">The most in a day, of all instances together; null where there is no such limit.</param>
/// <param name="counter">Counts across instances.</param>
/// <param name="clock">The time.</param>
public sealed class CallAllowance(CallBudget budget, int? callsPerDay, ICallCounter counter, TimeProvider clock)
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>How long a slice must wait; null where it may ask DingTalk now. Where nobody can say how many calls were made, it may.</summary>
    public async Task<TimeSpan?> WaitAsync(CancellationToken cancellationToken)
        => await budget.WaitAsync(CallPurpose.Archive, cancellationToken) is { } wait ? wait
            : callsPerDay is { } limit && await counter.AddAsync(Today(), 0, cancellationToken) >= limit ? UntilTomorrow()
            : null;

    /// <summary>Counts calls that were made.</summary>
    public async Task KeepAsync(int calls, CancellationToken cancellationToken)
    {
        if (callsPerDay is not null && calls > 0)
        {
            _ = await counter.AddAsync(Today(), calls, cancellationToken);
        }

        await budget.KeepAsync(cancellationToken);
    }

    private DateTimeOffset Now => clock.GetUtcNow().ToOffset(ChinaOffset);

    private string Today() => $"archive/{Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private TimeSpan UntilTomorrow() => TimeSpan.FromDays(1) - Now.TimeOfDay;
}
