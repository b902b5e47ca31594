using MeetingRecordings.Manifests;

namespace MeetingRecordings.Conferences;

/// <summary>
/// What lets people find a meeting again. It is personal, so it is in messages and manifests alone: in no log line, span, metric, index
/// tag or name.
/// </summary>
public sealed record MeetingDetails
{
    /// <summary>The greatest length of a title, in characters; longer ones are cut.</summary>
    public const int MaxTitleLength = 256;

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>Its start, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The union id of the user who created it.</summary>
    public string? OrganizerUnionId { get; init; }

    /// <summary>The schedule that it was held for; scheduled meetings have one, and recurring ones share it.</summary>
    public string? ScheduleConferenceId { get; init; }

    /// <summary>The number that people dial.</summary>
    public string? RoomCode { get; init; }

    /// <summary>Details as DingTalk gives them: what is empty or no id is left out, a long title is cut.</summary>
    public static MeetingDetails Of(
        string? title, DateTimeOffset? startedAt, string? organizerUnionId, string? scheduleConferenceId, string? roomCode) => new()
        {
            Title = Cut(title),
            StartedAt = startedAt,
            OrganizerUnionId = IdOrNull(organizerUnionId),
            ScheduleConferenceId = IdOrNull(scheduleConferenceId),
            RoomCode = IdOrNull(roomCode),
        };

    /// <summary>What is known from both: a join, as a manifest's.</summary>
    public MeetingDetails Merge(MeetingDetails other) => new()
    {
        Title = Join.Greater(Title, other.Title),
        StartedAt = Join.Earlier(StartedAt, other.StartedAt),
        OrganizerUnionId = Join.Greater(OrganizerUnionId, other.OrganizerUnionId),
        ScheduleConferenceId = Join.Greater(ScheduleConferenceId, other.ScheduleConferenceId),
        RoomCode = Join.Greater(RoomCode, other.RoomCode),
    };

    /// <summary>The details without some fields.</summary>
    public MeetingDetails Without(MeetingFields fields) => new()
    {
        Title = fields.HasFlag(MeetingFields.Title) ? null : Title,
        StartedAt = fields.HasFlag(MeetingFields.StartedAt) ? null : StartedAt,
        OrganizerUnionId = fields.HasFlag(MeetingFields.OrganizerUnionId) ? null : OrganizerUnionId,
        ScheduleConferenceId = fields.HasFlag(MeetingFields.ScheduleConferenceId) ? null : ScheduleConferenceId,
        RoomCode = fields.HasFlag(MeetingFields.RoomCode) ? null : RoomCode,
    };

    /// <inheritdoc />
    public override string ToString() => nameof(MeetingDetails);

    private static string? IdOrNull(string? id) => Identifiers.IsPrincipal(id) ? id : null;

    private static string? Cut(string? title) => title switch
    {
        null or "" => null,
        { Length: <= MaxTitleLength } => title,
        // Half a surrogate pair is no text.
        _ => title[..(char.IsHighSurrogate(title[MaxTitleLength - 1]) ? MaxTitleLength - 1 : MaxTitleLength)],
    };
}
