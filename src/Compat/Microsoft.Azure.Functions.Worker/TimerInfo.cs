namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function that runs on a schedule is told of it.</summary>
public class TimerInfo
{
    /// <summary>When it ran and runs next; null where the host does not note it.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run comes later than it was due.</summary>
    public bool IsPastDue { get; set; }
}
