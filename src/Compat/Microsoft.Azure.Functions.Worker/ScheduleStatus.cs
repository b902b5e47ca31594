namespace Microsoft.Azure.Functions.Worker;

/// <summary>When a function ran and runs next.</summary>
public class ScheduleStatus
{
    /// <summary>When it was last due.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it is due next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last noted.</summary>
    public DateTime LastUpdated { get; set; }
}
