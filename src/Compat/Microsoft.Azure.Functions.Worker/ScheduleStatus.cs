namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the host remembers of a timer.</summary>
public class ScheduleStatus
{
    /// <summary>When it last ran.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it is next due.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last written down.</summary>
    public DateTime LastUpdated { get; set; }
}
