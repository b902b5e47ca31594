using CsCheck;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class RecordingNameTests
{
    [Fact]
    public void A_file_lies_in_its_conferences_folder_with_what_is_written_of_it_beside()
    {
        var name = new RecordingName("conf-1", "media_2");

        Assert.Equal(("conf-1/media_2.mp4", "conf-1/media_2.json"), (name.File, name.Sidecar));
    }

    [Theory]
    [InlineData("abcXYZ019-_", "abcXYZ019-_")]
    [InlineData("a.b", "a!2Eb")]
    [InlineData("..", "!2E!2E")]
    [InlineData("a/b\\c", "a!2Fb!5Cc")]
    [InlineData("a!b", "a!21b")]
    [InlineData("会", "!E4!BC!9A")]
    [InlineData("", "")]
    public void Every_other_character_is_written_as_its_bytes(string id, string escaped) => Assert.Equal(escaped, RecordingName.Escape(id));

    [Fact]
    public void No_two_ids_have_one_name_and_no_name_is_longer_than_a_blobs_may_be()
        => Gen.Select(Gen.String[0, 600], Gen.String[0, 600]).Sample(static (one, other) =>
        {
            var (first, second) = (RecordingName.Escape(one), RecordingName.Escape(other));
            Assert.Equal(string.Equals(Utf8(one), Utf8(other), StringComparison.Ordinal), first == second);
            Assert.InRange(first.Length, 0, 400);
            Assert.Matches("^[A-Za-z0-9_!-]*$", first);
        });

    [Fact]
    public void Long_ids_that_begin_alike_are_told_apart()
    {
        var (one, other) = (new string('a', 500), new string('a', 501));

        Assert.NotEqual(RecordingName.Escape(one), RecordingName.Escape(other));
        Assert.StartsWith($"{new string('a', 300)}!!", RecordingName.Escape(one), StringComparison.Ordinal);
        Assert.Equal(new string('a', 400), RecordingName.Escape(new string('a', 400)));
    }

    [Fact]
    public void A_conference_of_the_transcripts_name_has_another_folder()
    {
        Assert.Equal("!74ranscripts", RecordingName.FolderOf("transcripts"));
        Assert.Equal("transcripts2", RecordingName.FolderOf("transcripts2"));
    }

    // Half a surrogate pair is written as a replacement, as everywhere.
    private static string Utf8(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
