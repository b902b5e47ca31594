using EndToEnd.Tests.Crashes.Scenarios;
using ServiceBusEmulator;

namespace EndToEnd.Tests.Crashes;

/// <summary>The steps at which processes are killed, and those at which they are not.</summary>
internal static class CrashCases
{
    private const string Read = "A read changes nothing: a kill there is a kill between the exchanges before and after it.";
    private const string NotSeen = "The app has not seen the request, so nothing of it can be left behind.";
    private const string PageLost = "DingTalk forgets the page that it has given: docs/reliability.md says so under What is not promised.";
    private const string NotLookedAt = "The client gives back what it has not looked at, and the delivery does not count.";

    private static readonly Func<Scenario> MeetingsEnd = static () => new MeetingsEnd();
    private static readonly Func<Scenario> AnotherSystemNotifies = static () => new AnotherSystemNotifies();
    private static readonly Func<Scenario> OperatorReplays = static () => new OperatorReplays(deadLetters: false);
    private static readonly Func<Scenario> OperatorReplaysDeadLetters = static () => new OperatorReplays(deadLetters: true);

    /// <summary>At each a process is killed, and every conference must come to its one end all the same.</summary>
    public static IReadOnlyList<CrashCase> All { get; } =
    [
        new("conferences: send ended", MeetingsEnd) { Before = [1, 2], After = [1, 2] },
        new("conferences: send ended", static () => new PushesFailed()) { After = [1], Remark = "by the sweep" },
        new("conferences: send watch", static () => new EndIsLost()) { Before = [1], After = [1] },
        new("conferences: send plain", AnotherSystemNotifies) { Before = [1], After = [1] },
        new("conferences: send backfill", static () => new ListIsBackFilled()) { Before = [1], After = [1] },
        new("conferences: send replay", OperatorReplays) { Before = [1], After = [1, 2] },
        new("conferences: send replay:deadletter", OperatorReplaysDeadLetters) { Before = [1], After = [1] },
        new("conferences: schedule", static () => new DingTalkFails()) { Before = [1], After = [1, 2] },
        new("conferences: schedule", static () => new AnotherFailureFollows())
        {
            After = [1],
            Remark = "before another failure",
        },
        new("conferences: deliver", MeetingsEnd) { After = [1, 2] },
        new("conferences: complete", MeetingsEnd) { Before = [1, 2], After = [1] },
        new("conferences: deadLetter", MeetingsEnd) { Before = [1], After = [2] },
        new("conferences: abandon", static () => new NextLookIsRefused()) { Before = [1], After = [1] },
        new("conferences/$DeadLetterQueue: deliver", OperatorReplaysDeadLetters) { After = [1] },
        new("conferences/$DeadLetterQueue: complete", OperatorReplaysDeadLetters) { Before = [1], After = [1] },
        new("conferences-poison: send", MeetingsEnd) { Before = [1], After = [1, 2] },
        new("conferences-poison: deliver", OperatorReplays) { After = [1] },
        new("conferences-poison: complete", OperatorReplays) { Before = [1, 2], After = [1] },
        new("conferences-poison: abandon", static () => new OperatorPicks()) { Before = [1], After = [1] },
        new("DingTalk: POST v1.0/oauth2/accessToken", MeetingsEnd) { Before = [1], After = [1] },
        new("DingTalk: GET v1.0/conference/videoConferences/{id}/cloudRecords/getVideos", MeetingsEnd) { Before = [1, 2], After = [1, 2] },
        new("DingTalk: GET v1.0/conference/videoConferences/{id}", MeetingsEnd) { Before = [1], After = [2] },
        new("DingTalk: GET call_back/get_call_back_failed_result", static () => new PushesFailed()) { Before = [1] },
        new("blobs: PUT container", static () => new FirstMeetingEnds()) { Before = [1], After = [1] },
        new("blobs: PUT manifest", MeetingsEnd) { Before = [1, 2], After = [1, 2] },
        new("blobs: PUT suite ticket", static () => new SuiteTicketArrives()) { Before = [1], After = [1] },
        new("blobs: PUT failed pushes", static () => new PushesFailed()) { After = [1] },
        new("blobs: DELETE failed pushes", static () => new PushesFailed()) { Before = [1], After = [1] },
        new("app: POST dingtalk/events", MeetingsEnd) { After = [1, 2] },
        new("app: POST meetings/ended", AnotherSystemNotifies) { After = [1] },
        new("app: POST poison/replay", OperatorReplays) { After = [1] },
        new("app: DELETE poison/{id}", static () => new OperatorDrops()) { After = [1] },
    ];

    /// <summary>Why no process is killed elsewhere.</summary>
    public static IReadOnlyList<NoCrashCase> None { get; } =
    [
        new("app: POST dingtalk/events", NotSeen) { Side = ExchangeSide.Before },
        new("app: POST meetings/ended", NotSeen) { Side = ExchangeSide.Before },
        new("app: POST poison/replay", NotSeen) { Side = ExchangeSide.Before },
        new("app: DELETE poison/{id}", NotSeen) { Side = ExchangeSide.Before },
        new("DingTalk: GET call_back/get_call_back_failed_result", PageLost) { Side = ExchangeSide.After },
        new("blobs: PUT failed pushes", PageLost) { Side = ExchangeSide.Before },
        new("blobs: GET failed pushes", Read) { MayNotHappen = true },
        new("DingTalk: POST v1.0/oauth2/corpAccessToken", "A third-party app's token is got and kept as an internal app's is."),
        new("conferences: send ready", "The event of a finished video is sent as that of a meeting's end is."),
        new("conferences: release", NotLookedAt) { MayNotHappen = true },
        new("conferences-poison: release", NotLookedAt) { MayNotHappen = true },
        .. ((string[])
        [
            "conferences: peek", "conferences/$DeadLetterQueue: peek", "conferences-poison: peek", "conferences-poison/$DeadLetterQueue: peek",
            "blobs: GET manifest", "blobs: GET suite ticket",
            "blobs: GET container", "blobs: GET container list", "blobs: GET container blobs",
            "app: GET poison", "app: GET manifests", "app: GET manifests/{id}",
            "app: GET health", "app: GET health/ready", "app: GET overview", "app: GET console", "app: GET openapi.json",
            "app: OPTIONS meetings/ended",
        ]).Select(static exchange => new NoCrashCase(exchange, Read)),
    ];

    /// <summary>Between them they pass every step that there is.</summary>
    public static IReadOnlyList<Func<Scenario>> Scenarios { get; } =
    [
        MeetingsEnd,
        static () => new FirstMeetingEnds(),
        static () => new EndIsLost(),
        static () => new DingTalkFails(),
        static () => new PushesFailed(),
        AnotherSystemNotifies,
        static () => new ListIsBackFilled(),
        OperatorReplays,
        OperatorReplaysDeadLetters,
        static () => new OperatorPicks(),
        static () => new OperatorDrops(),
        static () => new SuiteTicketArrives(),
        static () => new NextLookIsRefused(),
        static () => new EverybodyAsks(),
    ];
}
