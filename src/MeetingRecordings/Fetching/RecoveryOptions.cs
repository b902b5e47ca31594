namespace MeetingRecordings.Fetching;

/// <summary>How long to wait for what.</summary>
public sealed record RecoveryOptions
{
    /// <summary>The waits for a recording that is not ready. Default: 2, 5, 15, 30, 60 min, 3, 6, 12, 24 h.</summary>
    public IReadOnlyList<TimeSpan> ReadinessLadder { get; init; } =
    [
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <summary>The waits after a fault. Default: 10 s, 1, 5, 15, 60 min.</summary>
    public IReadOnlyList<TimeSpan> FaultLadder { get; init; } =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <summary>When to look again at a conference whose recordings are known; zero means never. Default: 30 min.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The age at which a lineage stops waiting, whatever for. Default: 7 days.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);
}
