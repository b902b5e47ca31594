namespace DingTalkSimulator.Meetings;

/// <summary>
/// How events give <c>minutesTaskId</c>: DingTalk's table says a number, its sample shows a string, and not every event has one.
/// </summary>
public enum TaskIdForm
{
    /// <summary>One meeting after the other in each of the other forms.</summary>
    Varied,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>The field is left out.</summary>
    Absent,
}
