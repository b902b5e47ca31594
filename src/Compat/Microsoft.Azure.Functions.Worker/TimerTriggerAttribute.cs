namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the timer parameter of a function that is invoked on a schedule.</summary>
/// <param name="schedule">An NCRONTAB expression with seconds (six fields), in UTC; <c>%Setting%</c> stands for that app setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>The schedule as it was given.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether the host remembers its last run, so that one that was missed is made up for.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether it also runs when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}
