using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>Knows the conferences that it was told of.</summary>
internal sealed class ConferenceMessagesInMemory : IConferenceMessages
{
    public HashSet<string> Notified { get; } = [];

    public Task<bool> AnyNotifiedAsync(string conferenceId, CancellationToken cancellationToken) => Task.FromResult(Notified.Contains(conferenceId));
}
