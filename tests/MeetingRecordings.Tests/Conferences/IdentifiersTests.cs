using MeetingRecordings.Conferences;

namespace MeetingRecordings.Tests.Conferences;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("6321*******9b6ed40")]
    [InlineData("66f100462fe0c1b2c3d4aa90")]
    [InlineData("A-z.0_9~:=+@*")]
    [InlineData("-")]
    public void A_conference_id_is_taken_as_it_is(string id) => Assert.True(Identifiers.IsConferenceId(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\rb")]
    [InlineData("a\u0085b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a&b")]
    [InlineData("a%b")]
    [InlineData("é")]
    public void What_could_leave_its_place_in_a_name_or_a_log_line_is_no_conference_id(string? id) => Assert.False(Identifiers.IsConferenceId(id));

    [Theory]
    [InlineData("2iPO*********wiEiE", true)]
    [InlineData("!~", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("a b", false)]
    [InlineData("a\u007F", false)]
    [InlineData("a\n", false)]
    [InlineData("ü", false)]
    public void A_union_or_corp_id_is_printable_ASCII_without_spaces(string? id, bool valid) => Assert.Equal(valid, Identifiers.IsPrincipal(id));

    [Fact]
    public void An_id_has_at_most_128_characters()
    {
        Assert.True(Identifiers.IsConferenceId(new string('a', 128)));
        Assert.False(Identifiers.IsConferenceId(new string('a', 129)));
        Assert.True(Identifiers.IsPrincipal(new string('a', 128)));
        Assert.False(Identifiers.IsPrincipal(new string('a', 129)));
    }
}
