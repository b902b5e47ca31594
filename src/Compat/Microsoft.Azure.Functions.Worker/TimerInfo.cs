namespace Microsoft.Azure.Functions.Worker;

/// <summary>Why a timer's function is invoked.</summary>
public class TimerInfo
{
    /// <summary>When it last ran and will next run; null where the host does not remember it.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether it is late, because the host was down when it was due.</summary>
    public bool IsPastDue { get; set; }
}
