namespace MeetingRecordings.Fetching;

/// <summary>The names of outcomes in logs and metrics; the workbook and docs/operations.md rest on them.</summary>
public static class OutcomeNames
{
    /// <summary><see cref="LookOutcome.Recorded"/>.</summary>
    public const string Recorded = "Recorded";

    /// <summary><see cref="LookOutcome.NotRecorded"/>.</summary>
    public const string NotRecorded = "NotRecorded";

    /// <summary><see cref="LookOutcome.RecordedBefore"/>.</summary>
    public const string RecordedBefore = "RecordedBefore";

    /// <summary><see cref="LookOutcome.Unneeded"/>.</summary>
    public const string Unneeded = "Unneeded";

    /// <summary><see cref="LookOutcome.Running"/>.</summary>
    public const string Running = "Running";

    /// <summary><see cref="LookOutcome.NotReady"/>.</summary>
    public const string NotReady = "NotReady";

    /// <summary><see cref="LookOutcome.Missing"/>.</summary>
    public const string Missing = "Missing";

    /// <summary><see cref="LookOutcome.Postponed"/>.</summary>
    public const string Postponed = "Postponed";

    /// <summary><see cref="LookOutcome.Failed"/>.</summary>
    public const string Failed = "Failed";

    /// <summary><see cref="LookOutcome.NotStored"/>.</summary>
    public const string NotStored = "NotStored";
}
