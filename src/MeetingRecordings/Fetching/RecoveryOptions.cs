namespace MeetingRecordings.Fetching;

/// <summary>How long to wait for what.</summary>
public sealed record RecoveryOptions
{
    /// <summary>When a conference is first looked at, counted from its end; at once where no end is known. Default: 10 min.</summary>
    public TimeSpan FirstLookAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether conference info, which tells of a meeting that was not recorded, is asked before the videos. Default: true.</summary>
    public bool InfoFirst { get; init; } = true;

    /// <summary>
    /// The waits for a recording that is not ready. Default: 20, 30, 60 min, 3 h, 43 h, which with the first look makes six, the last one
    /// two days after the end.
    /// </summary>
    public IReadOnlyList<TimeSpan> ReadinessLadder { get; init; } =
    [
        TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(43),
    ];

    /// <summary>The waits after a fault. Default: 10 s, 1, 5, 15, 60 min.</summary>
    public IReadOnlyList<TimeSpan> FaultLadder { get; init; } =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <summary>
    /// When to look again at a conference to whose recordings DingTalk may add a file without saying so; zero means never. Default: 30 min.
    /// </summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// When a meeting that has begun is looked at in case the notification of its end got lost, counted from its start; null means never.
    /// Default: 12 h.
    /// </summary>
    public TimeSpan? WatchAfter { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The age at which a lineage stops waiting, whatever for. Default: 7 days.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);
}
