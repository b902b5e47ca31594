namespace DingTalkSimulator.Pushing;

/// <summary>How the rows of a SyncHTTP push tell of a meeting's start or end.</summary>
public enum SyncRowForm
{
    /// <summary>As the event's own page has it: with an event id, without room code and end time.</summary>
    Current,

    /// <summary>As the archived page has it: without event id, with end time, and a room code in groups of three.</summary>
    Archived,
}
