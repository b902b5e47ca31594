using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DingTalkSimulator.Meetings;

/// <summary>What differs from one meeting to the next. It depends on the meeting's ordinal and nothing else.</summary>
internal static class MeetingVariety
{
    private const int RoomCodeBase = 427_200_000;
    private const int RoomCodes = 100_000_000;
    private const int MostAttendees = 20;

    /// <summary>The bizType of a meeting that was scheduled.</summary>
    public const string Scheduled = "3";

    private static readonly string[] Titles =
    [
        "产品周例会",
        "Weekly sync",
        "Q3 <b>plan</b> & \"budget\" <script>alert(1)</script>",
        "اجتماع المشروع الأسبوعي",
        string.Concat(Enumerable.Repeat("跨部门项目复盘与下一阶段计划 ", 15)),
        "=HYPERLINK(\"http://127.0.0.1/\",\"agenda\")",
        "设计评审 📹 第 3 次",
        "Line one\nline two\t\\ 50 % {0} --> end",
    ];

    private static readonly string[] BizTypes = ["0", Scheduled, "0", Scheduled, Scheduled, "0", "audio_conf", Scheduled];

    public static string TitleOf(int ordinal) => Titles[ordinal % Titles.Length];

    public static string BizTypeOf(int ordinal) => BizTypes[ordinal % BizTypes.Length];

    public static int AttendeesOf(int ordinal) => 2 + ordinal % MostAttendees;

    public static string RoomCodeOf(int ordinal) => (RoomCodeBase + ordinal % RoomCodes).ToString(CultureInfo.InvariantCulture);

    /// <summary>An id of a schedule, which looks like a GUID.</summary>
    public static string ScheduleOf(string conferenceId)
        => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(conferenceId)).AsSpan(0, 16)).ToString("D");
}
