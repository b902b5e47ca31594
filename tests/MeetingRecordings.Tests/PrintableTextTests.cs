using CsCheck;

namespace MeetingRecordings.Tests;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("会议 ended ~ 🎉", "会议 ended ~ 🎉")]
    [InlineData("a\u001b]0;title\u0007b", "a?]0;title?b")]
    [InlineData("a\u009b2Jb", "a?2Jb")]
    [InlineData("a\r\n\tb", "a???b")]
    [InlineData("a\u202eb\u2028c\u200bd", "a?b?c?d")]
    public void What_could_move_the_cursor_or_turn_the_writing_becomes_a_question_mark(string? text, string? expected)
        => Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void Half_a_pair_becomes_a_question_mark() => Assert.Equal("??a?", PrintableText.Of("\ude00\ud83da\ud83d"));

    [Fact]
    public void Lines_stay_where_they_are_asked_for()
        => Assert.Equal("{\r\n\t\"a\": \"?[31m\"\n}", PrintableText.LinesOf("{\r\n\t\"a\": \"\u001b[31m\"\n}"));

    [Fact]
    public void No_text_whatever_keeps_a_control_character_or_changes_its_length()
        => Gen.String.Sample(static text => PrintableText.Of(text) is { } safe && safe.Length == text.Length && !safe.Any(char.IsControl));
}
