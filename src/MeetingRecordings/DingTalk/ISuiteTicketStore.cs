namespace MeetingRecordings.DingTalk;

/// <summary>Keeps the newest suite ticket of a third-party app, across restarts and for every instance.</summary>
public interface ISuiteTicketStore
{
    /// <summary>Keeps a ticket, unless a newer one is there.</summary>
    /// <param name="suiteKey">The app.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    Task SaveAsync(string suiteKey, SuiteTicket ticket, CancellationToken cancellationToken);

    /// <summary>The newest ticket; null where DingTalk has pushed none yet.</summary>
    /// <param name="suiteKey">The app.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    Task<SuiteTicket?> GetAsync(string suiteKey, CancellationToken cancellationToken);
}
