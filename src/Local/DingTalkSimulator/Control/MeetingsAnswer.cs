using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>The meetings that were made.</summary>
/// <param name="Meetings">Each of them, in order.</param>
internal sealed record MeetingsAnswer(IReadOnlyList<MeetingsAnswer.Made> Meetings)
{
    /// <summary>One of them.</summary>
    /// <param name="ConferenceId">Its id.</param>
    /// <param name="Push">What came of the push of its end; null where none was wanted, or is to come.</param>
    /// <param name="Events">What came of every push; empty where none was wanted, or they are to come.</param>
    internal sealed record Made(string ConferenceId, PushResult? Push, IReadOnlyList<PlayedEvent> Events);
}
