namespace MeetingRecordings.Fetching;

/// <summary>Knows which conferences have messages that wait, are under way or have failed.</summary>
public interface IConferenceMessages
{
    /// <summary>Whether some message of a conference comes, or has come, to an end of its own: its end has been notified, or its video.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    Task<bool> AnyNotifiedAsync(string conferenceId, CancellationToken cancellationToken);
}
