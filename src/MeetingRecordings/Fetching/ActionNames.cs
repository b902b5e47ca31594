namespace MeetingRecordings.Fetching;

/// <summary>The names of actions in metrics; the workbook and docs/operations.md rest on them.</summary>
public static class ActionNames
{
    /// <summary><see cref="RecoveryAction.Finish"/>.</summary>
    public const string Finish = "Finish";

    /// <summary><see cref="RecoveryAction.LookAgain"/>.</summary>
    public const string LookAgain = "LookAgain";

    /// <summary><see cref="RecoveryAction.Poison"/>.</summary>
    public const string Poison = "Poison";

    /// <summary><see cref="RecoveryAction.DeadLetter"/>.</summary>
    public const string DeadLetter = "DeadLetter";
}
