namespace Support.Chaos;

/// <summary>What a chaos run is made of.</summary>
/// <param name="Meetings">How many meetings end.</param>
/// <param name="Seed">Decides what goes wrong, and when.</param>
public sealed record ChaosOptions(int Meetings, int Seed)
{
    /// <summary>Whether DingTalk's minute limit is among the faults; each costs a minute of waiting. Default: yes.</summary>
    public bool MinuteLimits { get; init; } = true;

    /// <summary>How many disruptions there are at most; then the rest is done in peace. Default: no limit.</summary>
    public int MaxDisruptions { get; init; } = int.MaxValue;

    /// <summary>How long the run may take before it is audited as it stands. Default: 1 h.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(1);
}
