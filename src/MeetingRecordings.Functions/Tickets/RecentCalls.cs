using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Health;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>Asks how many of the month's calls are used, at most twice a minute.</summary>
public sealed class RecentCalls
{
    private readonly Remembered<MonthCalls?> _calls;

    /// <summary>Asks a budget.</summary>
    public RecentCalls(CallBudget budget, TimeProvider clock)
        => _calls = new(
            async () => budget.CallsPerMonth is { } limit && await budget.AskAsync(CancellationToken.None) is { } used ? new(used, limit) : null,
            TimeSpan.FromSeconds(30),
            clock);

    /// <summary>Asks, or gives the last answer while it is good.</summary>
    /// <returns>The calls; null where there is no budget, or nobody can say within three seconds.</returns>
    internal Task<MonthCalls?> AskAsync(CancellationToken cancellationToken) => _calls.TryGetAsync(cancellationToken);
}
