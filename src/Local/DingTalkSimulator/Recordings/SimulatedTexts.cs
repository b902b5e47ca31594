namespace DingTalkSimulator.Recordings;

/// <summary>
/// Makes what was said in a meeting, with what makes it hard to write down: markup, arrows and line breaks, several scripts, nothing at
/// all, speakers nobody knows, and paragraphs that overlap or end when they start.
/// </summary>
internal static class SimulatedTexts
{
    private const long FirstMs = 7_940;
    private const long StepMs = 6_000;
    private const long SpokenMs = 5_000;
    private const long OverlapMs = 2_000;

    private static readonly string[] Sayings =
    [
        "嘿！你好，这里是小钉",
        "Let's begin with <b>costs</b> & budget.",
        "مرحبا بالجميع",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Nobody>not a cue",
        "",
        "第二点：\n两行",
        "   ",
        "👩🏽‍💻 好的 \"quoted\" \\ back",
    ];

    /// <summary>A paragraph.</summary>
    /// <param name="conference">The meeting.</param>
    /// <param name="index">The number of those before it.</param>
    public static SimulatedText At(SimulatedConference conference, int index)
    {
        var start = FirstMs + index * StepMs - (index % 5 == 4 ? OverlapMs : 0);
        var end = index % 4 == 3 ? start : start + SpokenMs;
        var (unionId, nickName) = (index % 3) switch
        {
            0 => (conference.CreatorUnionId, "小钉"),
            1 => (conference.RecorderUnionId, "李雷 <Lei>"),
            _ => ("", "发言人 1"),
        };
        return new SimulatedText(TokenOf(conference, index), unionId, nickName, start, end, Sayings[index % Sayings.Length]);
    }

    /// <summary>The number of the paragraph that a token stands behind.</summary>
    public static long IndexOf(SimulatedConference conference, long token) => token - TokenOf(conference, 0);

    // DingTalk's sample looks like microseconds since 1970.
    private static long TokenOf(SimulatedConference conference, int index) => conference.StartedAt.ToUnixTimeMilliseconds() * 1000 + index;
}
