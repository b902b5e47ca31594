namespace DingTalkSimulator.Pushing;

/// <summary>DingTalk's names of the events.</summary>
internal static class EventNames
{
    private const string StatusChange = "meeting_status_change";
    private const string TargetPush = "meeting_status_change_target_push";
    private const string Flash = "flash_minutes_open_event";
    private const string FlashDirected = "flash_minutes_open_event_directed";
    private const string Closed = "conference_closed";
    private const string Created = "conference_created";
    private const string CloudRecord = "cloud_record";
    private const string Minutes = "minutes";
    private const string Video = "video_generated";
    private const string Summary = "summary_generated";

    // Where several share a type, the first one is what the type alone means.
    private static readonly (PushedEvent Kind, Names Names)[] Table =
    [
        (PushedEvent.MeetingEnded, new(StatusChange, 225) { ChangeScene = Closed }),
        (PushedEvent.MeetingStarted, new(StatusChange, 225) { ChangeScene = Created }),
        (PushedEvent.MeetingEndedTargetPush, new(TargetPush, 348) { ChangeScene = Closed }),
        (PushedEvent.VideoGenerated, new(Flash, 396) { BizType = CloudRecord, MinutesEventType = Video }),
        (PushedEvent.SummaryGenerated, new(Flash, 396) { BizType = CloudRecord, MinutesEventType = Summary }),
        (PushedEvent.MinutesVideoGenerated, new(Flash, 396) { BizType = Minutes, MinutesEventType = Video }),
        (PushedEvent.MinutesSummaryGenerated, new(Flash, 396) { BizType = Minutes, MinutesEventType = Summary }),
        (PushedEvent.VideoGeneratedDirected, new(FlashDirected, 400) { BizType = CloudRecord, MinutesEventType = Video }),
        (PushedEvent.CheckUrl, new("check_url", 0)),
        (PushedEvent.CheckCreateSuiteUrl, new("check_create_suite_url", 0)),
        (PushedEvent.CheckUpdateSuiteUrl, new("check_update_suite_url", 0)),
        (PushedEvent.SuiteTicket, new("suite_ticket", 2)),
    ];

    private static readonly Dictionary<PushedEvent, Names> ByKind = Table.ToDictionary(static row => row.Kind, static row => row.Names);

    /// <summary>The types, each once.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Table.Select(static row => row.Names.Type).Distinct()];

    /// <summary>The names of an event.</summary>
    public static Names Of(PushedEvent kind) => ByKind[kind];

    /// <summary>Whether an event is about a conference.</summary>
    public static bool IsAboutConference(PushedEvent kind) => Of(kind) is { ChangeScene: not null } or { MinutesEventType: not null };

    /// <summary>Finds an event by its names; those left out match any.</summary>
    /// <returns>The event; null where there is none.</returns>
    public static PushedEvent? Find(string? type, string? changeScene, string? bizType, string? minutesEventType)
    {
        type ??= StatusChange;
        foreach (var (kind, names) in Table)
        {
            if (names.Type == type
                && (changeScene ?? names.ChangeScene) == names.ChangeScene
                && (bizType ?? names.BizType) == names.BizType
                && (minutesEventType ?? names.MinutesEventType) == names.MinutesEventType)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What DingTalk calls an event.</summary>
    /// <param name="Type">Its <c>EventType</c>.</param>
    /// <param name="BizNumber">Its <c>biz_type</c> in a SyncHTTP push; 0 where it has none.</param>
    internal sealed record Names(string Type, int BizNumber)
    {
        /// <summary>Its <c>changeScene</c>; null where it has none.</summary>
        public string? ChangeScene { get; init; }

        /// <summary>Its <c>bizType</c>; null where it has none.</summary>
        public string? BizType { get; init; }

        /// <summary>Its <c>minutesEventType</c>; null where it has none.</summary>
        public string? MinutesEventType { get; init; }
    }
}
