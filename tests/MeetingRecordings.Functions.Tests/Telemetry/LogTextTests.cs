using MeetingRecordings.Functions.Telemetry;
using CsCheck;

namespace MeetingRecordings.Functions.Tests.Telemetry;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("meeting_status_change", "meeting_status_change")]
    [InlineData("会议 ended", "会议 ended")]
    [InlineData(" ~", " ~")]
    [InlineData("\u007f", "?")]
    [InlineData("a\r\nFATAL: b", "a??FATAL: b")]
    [InlineData("a\u001b[2Jb", "a?[2Jb")]
    [InlineData("a\u2028b\u0085c\u202ed\u200be\u0000f", "a?b?c?d?e?f")]
    public void What_could_forge_a_log_line_becomes_a_question_mark(string? text, string? expected) => Assert.Equal(expected, LogText.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_question_mark() => Assert.Equal("a?b", LogText.Of("a\ud800b"));

    [Fact]
    public void A_long_text_is_cut()
    {
        Assert.Equal(new string('x', 128), LogText.Of(new string('x', 128)));
        Assert.Equal($"{new string('x', 125)}...", LogText.Of(new string('x', 129)));
    }

    [Fact]
    public void No_text_whatever_gives_two_lines_or_more_than_128_characters()
        => Gen.String.Sample(text => LogText.Of(text) is { Length: <= 128 } safe && !safe.Any(char.IsControl) && !safe.Contains('\u2028'));
}
