namespace DingTalkSimulator.Meetings;

/// <summary>A meeting that is to be simulated. What is left out is made up.</summary>
public sealed record MeetingPlan
{
    /// <summary>Its conference id. Default: one of 24 hex digits, as DingTalk's are.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>How many segments its recording has. Default: 2.</summary>
    public int Videos { get; init; } = 2;

    /// <summary>How many bytes each segment has. Default: as many as its length calls for, some MB.</summary>
    public long? VideoBytes { get; init; }

    /// <summary>The unionId of who calls it. Default: one of the organisation's people.</summary>
    public string? CreatorUnionId { get; init; }

    /// <summary>
    /// The unionId of who owns the recording. Default: the creator, or somebody else, see <see
    /// cref="TenantTraits.ForeignOwnerEvery"/>.
    /// </summary>
    public string? OwnerUnionId { get; init; }

    /// <summary>When it starts, UTC. Default: 15 minutes to two hours before it ends; where it has not ended, now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long from now it ends. Default: it ends now.</summary>
    public TimeSpan EndsIn { get; init; }

    /// <summary>Its title. Default: one of many kinds.</summary>
    public string? Title { get; init; }

    /// <summary>Its bizType: <c>0</c>, <c>3</c> for a scheduled one, <c>audio_conf</c>, <c>rooms_conf</c>. Default: one of these.</summary>
    public string? BizType { get; init; }

    /// <summary>The nine digits by which people join. Those of a recurring meeting share them. Default: new ones.</summary>
    public string? RoomCode { get; init; }

    /// <summary>The id of the schedule. Default: a new one where it is scheduled, else none.</summary>
    public string? ScheduleConferenceId { get; init; }

    /// <summary>How DingTalk treats it. Default: <see cref="TenantTraits.Meeting"/>.</summary>
    public MeetingTraits? Traits { get; init; }
}
