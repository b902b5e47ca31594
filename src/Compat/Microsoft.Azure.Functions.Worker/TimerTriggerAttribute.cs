namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter of a function that is invoked on a schedule.</summary>
/// <param name="schedule">
/// An NCRONTAB expression of six fields, seconds first, in UTC; or a time span. <c>%Setting%</c> stands for that app setting.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>The schedule as it was given.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>
    /// Whether the host notes when the function last ran, so that a missed run is made up for. Default true; without effect on
    /// schedules that recur within a minute.
    /// </summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function also runs when the host starts. Default false.</summary>
    public bool RunOnStartup { get; set; }
}
