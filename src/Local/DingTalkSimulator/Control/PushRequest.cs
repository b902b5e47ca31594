namespace DingTalkSimulator.Control;

/// <summary>A request to push an event, or several in one SyncHTTP push.</summary>
internal sealed record PushRequest : EventRequest
{
    /// <summary>The events of a SyncHTTP push. Default: null, the one event of the other fields.</summary>
    public IReadOnlyList<EventRequest>? Rows { get; set; }
}
