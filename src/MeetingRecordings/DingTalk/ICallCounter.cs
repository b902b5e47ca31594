namespace MeetingRecordings.DingTalk;

/// <summary>Counts the app's metered calls across its instances.</summary>
public interface ICallCounter
{
    /// <summary>Adds calls to a period's.</summary>
    /// <param name="period">The period: a month as <c>2026-11</c>, or a day of the archive's calls as <c>archive/2026-11-30</c>.</param>
    /// <param name="calls">How many; zero only asks.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The period's calls, those added included; null where they could not be added.</returns>
    Task<int?> AddAsync(string period, int calls, CancellationToken cancellationToken);
}
