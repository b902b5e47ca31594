namespace MeetingRecordings.DingTalk;

/// <summary>Counts the app's metered calls across its instances.</summary>
public interface ICallCounter
{
    /// <summary>Adds calls to a month's.</summary>
    /// <param name="month">The month, as <c>2026-11</c>.</param>
    /// <param name="calls">How many; zero only asks.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The month's calls, those added included; null where they could not be added.</returns>
    Task<int?> AddAsync(string month, int calls, CancellationToken cancellationToken);
}
