using DingTalkSimulator.Meetings;
using MeetingRecordings.Conferences;

namespace DingTalkSimulator.Control;

/// <summary>A request for meetings that end now, or later.</summary>
internal sealed record MeetingsRequest : MeetingChange
{
    private const int MaxCount = 100_000;
    private const int MaxVideos = 1_000;
    private const long MaxVideoBytes = 1L << 50;
    private const int MaxRoomCode = 16;

    /// <summary>How many. Default: 1.</summary>
    public int Count { get; set; } = 1;

    /// <summary>How many videos each has. Default: 2.</summary>
    public int Videos { get; set; } = 2;

    /// <summary>How many bytes each video has. Default: as many as its length calls for, some MB.</summary>
    public long? VideoBytes { get; set; }

    /// <summary>The id, for one meeting only. Default: a new one.</summary>
    public string? ConferenceId { get; set; }

    /// <summary>Whether their events are pushed. Default: yes, where a callback URL is known.</summary>
    public bool? Push { get; set; }

    /// <summary>The title. Default: one of many kinds.</summary>
    public string? Title { get; set; }

    /// <summary>The bizType. Default: one of those that DingTalk has.</summary>
    public string? BizType { get; set; }

    /// <summary>The digits by which people join. Default: new ones.</summary>
    public string? RoomCode { get; set; }

    /// <summary>The id of the schedule. Default: a new one for a scheduled meeting.</summary>
    public string? ScheduleConferenceId { get; set; }

    /// <summary>Who called them. Default: one of the organisation's people.</summary>
    public string? CreatorUnionId { get; set; }

    /// <summary>Who owns the recordings. Default: the creator, or somebody else.</summary>
    public string? OwnerUnionId { get; set; }

    /// <summary>When they started. Default: up to two hours before they end; where they have not ended, now.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>How long from now they end. Default: they end now.</summary>
    public long EndsInMs { get; set; }

    /// <inheritdoc />
    public override FieldFault? FindFault()
        => Count is < 1 or > MaxCount ? new FieldFault("count", $"a number from 1 to {MaxCount}")
            : Videos is < 0 or > MaxVideos ? new FieldFault("videos", $"a number from 0 to {MaxVideos}")
            : VideoBytes is < 0 or > MaxVideoBytes ? new FieldFault("videoBytes", $"a number from 0 to {MaxVideoBytes}")
            : ConferenceId is not null && Count != 1 ? new FieldFault("count", "1, where the conferenceId is given")
            : ConferenceId is not null && !Identifiers.IsConferenceId(ConferenceId) ? new FieldFault("conferenceId", Identifiers.ConferenceIdGrammar)
            : RoomCode is not null && !(RoomCode.Length is > 0 and <= MaxRoomCode && RoomCode.All(char.IsAsciiDigit))
                ? new FieldFault("roomCode", $"1 to {MaxRoomCode} digits")
            : !Milliseconds.IsValid(EndsInMs) ? Milliseconds.Fault("endsInMs")
            : base.FindFault();

    /// <summary>What is known of each of them. The request must be without fault.</summary>
    public MeetingPlan ToPlan() => new()
    {
        ConferenceId = ConferenceId,
        Videos = Videos,
        VideoBytes = VideoBytes,
        Title = Title,
        BizType = BizType,
        RoomCode = RoomCode,
        ScheduleConferenceId = ScheduleConferenceId,
        CreatorUnionId = CreatorUnionId,
        OwnerUnionId = OwnerUnionId,
        StartedAt = StartedAt?.ToUniversalTime(),
        EndsIn = Milliseconds.ToTime(EndsInMs),
    };
}
