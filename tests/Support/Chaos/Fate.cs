namespace Support.Chaos;

/// <summary>What DingTalk says of a meeting, beside random faults.</summary>
/// <param name="Ending">What that must end in.</param>
/// <param name="Code">The code or the kind of answer that getVideos gives; null for its videos.</param>
/// <param name="Times">How many times; then it gives its videos.</param>
public sealed record Fate(Ending Ending, string? Code = null, int Times = int.MaxValue)
{
    /// <summary>Kinds of answers that are no code of DingTalk's.</summary>
    private static readonly string[] Kinds = ["html", "reset", "truncated"];

    /// <summary>Most meetings: whatever goes wrong, goes wrong at random.</summary>
    public static Fate Usual { get; } = new(Ending.Recorded);

    /// <summary>Nobody has recorded it.</summary>
    public static Fate NeverRecorded { get; } = new(Ending.NotRecorded);

    /// <summary>Meetings that DingTalk's per-minute limit meets once.</summary>
    public static Fate MinuteLimit { get; } = new(Ending.Recorded, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 1);

    /// <summary>Those of which there are few each.</summary>
    public static IReadOnlyList<Fate> Rare { get; } =
    [
        NeverRecorded,
        new(Ending.Recorded, "cloudRecordNotFound", 2),
        new(Ending.Recorded, "InvalidAuthentication", 1),
        .. Always(Ending.Poisoned, ["systemError", "unknownError", "service.timeout", "Forbidden.AccessDenied.ApiCountLimitForOrg", .. Kinds]),
        .. Always(
            Ending.DeadLettered,
            [
                "orgAccessForbidden", "permissionError", "unknownUserError", "paramsError", "InvalidAuthentication", "resourceClose",
                "Forbidden.AccessDenied.AccessTokenPermissionDenied", "Forbidden.AccessDenied.IpNotInWhiteList",
            ]),
    ];

    /// <summary>Whether the code is rather a kind of answer.</summary>
    public bool IsKind => Kinds.Contains(Code);

    private static IEnumerable<Fate> Always(Ending ending, IEnumerable<string> codes) => codes.Select(code => new Fate(ending, code));
}
