namespace MeetingRecordings.Notifications.Plain;

/// <summary>Which cell of a line means what.</summary>
internal sealed class BackfillColumns
{
    private const string ConferenceId = "conferenceId";

    // What people call the columns of lists that were not made for this app.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "id", "ids", "conference", "conferences", "conferenceids", "conferenceno", "conferencenumber", "conferencename", "confid", "conferencecode",
        "meeting", "meetings", "meetingid", "meetingids", "meetingno", "meetingnumber", "meetingcode", "roomid", "roomcode",
        "union", "unionids", "user", "userid", "users", "creator", "creatorid", "creatorunionid", "host", "owner", "ownerid", "organizer", "organiser", "email",
        "corp", "corpids", "company", "org", "orgid", "organization", "organisation", "organizationid", "organisationid",
        "ended", "end", "endtime", "enddate", "started", "start", "starttime", "startedat", "date", "time", "day",
        "title", "name", "subject", "topic", "department", "dept", "status", "duration", "number", "no", "index",
    };

    private static readonly string[] Known = [ConferenceId, "unionId", "corpId", "endedAt"];

    private readonly IReadOnlyList<string> _names;

    private BackfillColumns(IReadOnlyList<string> names) => _names = names;

    /// <summary>Those of a list without a header.</summary>
    public static BackfillColumns Default { get; } = new(Known);

    /// <summary>How many there are.</summary>
    public int Count => _names.Count;

    /// <summary>Whether a line names columns, rightly or not.</summary>
    public static bool IsHeader(IReadOnlyList<string> cells)
        => cells.Any(static cell => Find(cell) is not null) || (cells.Count > 0 && cells.All(static cell => cell.Length == 0 || Foreign.Contains(Plain(cell))));

    /// <summary>Reads a header; its columns of other names are passed over.</summary>
    public static Parsed<BackfillColumns> Parse(IReadOnlyList<string> header)
    {
        string[] names = [.. header.Select(static cell => Find(cell) ?? "")];
        return names.Contains(ConferenceId)
            ? new BackfillColumns(names)
            : new FieldProblem(ConferenceId, "a column of that name in the header");
    }

    /// <summary>The cells of a line by the names of their columns; of a column that is named twice the first counts.</summary>
    public Dictionary<string, string> Read(IReadOnlyList<string> cells)
        => _names.Zip(cells).Where(static pair => pair.First.Length > 0 && pair.Second.Length > 0).DistinctBy(static pair => pair.First).ToDictionary();

    /// <summary>Whether a line repeats the header, as it does where lists were put together.</summary>
    public bool IsRepeatedBy(IReadOnlyList<string> cells)
        => _names.Zip(cells).Any(static pair => pair.First == ConferenceId && Find(pair.Second) == ConferenceId);

    private static string? Find(string cell) => Plain(cell) is var plain ? Array.Find(Known, known => plain == Plain(known)) : null;

    // Conference ID, conference_id and CONFERENCE-ID are one name.
    private static string Plain(string cell) => string.Concat(cell.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
