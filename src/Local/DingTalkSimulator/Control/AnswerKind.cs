namespace DingTalkSimulator.Control;

/// <summary>The kinds of scripted answers, by their names in the control API.</summary>
internal enum AnswerKind
{
    Usual,
    Error,
    OldError,
    Raw,
    Html,
    Truncated,
    SlowBody,
    BrokenOff,
    Reset,
    Huge,
    Ban,
    NoRange,
    WrongRange,
    NewVersion,
    Expired,
    Redirect,
}
