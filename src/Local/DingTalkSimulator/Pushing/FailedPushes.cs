namespace DingTalkSimulator.Pushing;

/// <summary>The events that could not be delivered. To read them is to lose them: each reading drops what the one before gave.</summary>
/// <remarks>Source: DingTalk open platform, "Obtain the event list of failed push messages".</remarks>
internal sealed class FailedPushes
{
    private const int PageSize = 200;

    private readonly Lock _gate = new();
    private readonly List<ConferenceEvent> _events = [];
    private int _given;

    /// <summary>Adds an event.</summary>
    public void Add(ConferenceEvent conferenceEvent)
    {
        lock (_gate)
        {
            _events.Add(conferenceEvent);
        }
    }

    /// <summary>Drops what was given last, and gives the oldest of the rest.</summary>
    public (IReadOnlyList<ConferenceEvent> Events, bool HasMore) Read()
    {
        lock (_gate)
        {
            _events.RemoveRange(0, _given);
            _given = Math.Min(_events.Count, PageSize);
            return (_events[.._given], _events.Count > _given);
        }
    }
}
