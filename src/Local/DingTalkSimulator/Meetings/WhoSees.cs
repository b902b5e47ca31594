namespace DingTalkSimulator.Meetings;

/// <summary>In whose name the recordings of a meeting can be asked for. DingTalk does not document it.</summary>
public enum WhoSees
{
    /// <summary>Who called the meeting, and who owns the recording.</summary>
    Both,

    /// <summary>Who called the meeting.</summary>
    Creator,

    /// <summary>Who owns the recording.</summary>
    Owner,

    /// <summary>No one.</summary>
    Nobody,
}
