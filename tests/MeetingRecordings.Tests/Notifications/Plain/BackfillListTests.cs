using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Tests.Notifications.Plain;

public sealed class BackfillListTests
{
    [Fact]
    public void A_text_file_has_a_conference_on_each_line()
    {
        var list = Read("\uFEFFconf-1\r\n\n  conf-2  \n# a comment\nconf-1\n");

        Assert.Equal(["conf-1", "conf-2"], list.Notifications.Select(static n => n.Message.ConferenceId));
        Assert.Equal(new ConferenceMessage("conf-1", null, null, null, Trigger.Backfill), list.Notifications[0].Message);
        Assert.Equal(EndedAtSource.Fallback, list.Notifications[0].EndedAtSource);
        Assert.Empty(list.Problems);
    }

    [Fact]
    public void A_CSV_file_has_the_columns_of_a_notification_in_its_order()
    {
        var list = Read("conf-1,union-1,corp-1,2026-11-23T09:00:00+01:00\nconf-2,,corp-2\n");

        Assert.Equal(
            [
                new ConferenceMessage("conf-1", "union-1", "corp-1", new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), Trigger.Backfill),
                new ConferenceMessage("conf-2", null, "corp-2", null, Trigger.Backfill),
            ],
            list.Notifications.Select(static n => n.Message));
        Assert.Equal(EndedAtSource.Event, list.Notifications[0].EndedAtSource);
    }

    [Fact]
    public void A_first_line_may_name_the_columns()
    {
        var list = Read("ConferenceId,title,endedAt\nconf-1,Weekly,2026-11-23T08:00:00Z\n");

        Assert.Equal(new ConferenceMessage("conf-1", null, null, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), Trigger.Backfill), list.Notifications[0].Message);
    }

    [Fact]
    public void Of_a_column_that_is_named_twice_the_first_counts_and_a_header_once_more_is_no_conference()
    {
        var list = Read("conferenceId,unionId,unionId\nconf-1,union-1,union-2\nconferenceId,union-3\n");

        Assert.Equal([("conf-1", "union-1")], list.Notifications.Select(static n => (n.Message.ConferenceId, n.Message.UnionId!)));
        Assert.Equal((3, "conferenceId"), (Assert.Single(list.Problems).Line, list.Problems[0].Problem.Field));
    }

    [Theory]
    [InlineData("unionId,conferenceId\nunion-1,conf-1\n")]
    [InlineData("# exported 2026-11-23\nconferenceId,unionId\nconf-1,union-1\n")]
    [InlineData("# it's \"odd\n\n#\nconferenceId,unionId\nconf-1,union-1\n")]
    [InlineData("\nconferenceId,unionId\nconf-1,union-1\n")]
    [InlineData("\r\n  \r\nconferenceId,unionId\r\nconf-1,union-1\r\n")]
    [InlineData("sep=,\nconferenceId,unionId\nconf-1,union-1\n")]
    [InlineData("\uFEFFsep=;\r\nconferenceId;unionId\r\nconf-1;union-1\r\n")]
    [InlineData("SEP=|\nconferenceId|unionId\nconf-1|union-1\n")]
    [InlineData("\"sep=;\"\nconf-1;union-1\n")]
    [InlineData("sep=\t\nconferenceId\tunionId\nconf-1\tunion-1\n")]
    [InlineData("conference_id,union_id\nconf-1,union-1\n")]
    [InlineData("Conference ID,Union-Id\nconf-1,union-1\n")]
    [InlineData("CONFERENCEID , UNIONID\nconf-1 , union-1\n")]
    [InlineData("\"conferenceId\",\"unionId\"\r\n\"conf-1\",\"union-1\"\r\n")]
    [InlineData("conferenceId,title,unionId\nconf-1,\"Weekly, sync\",union-1\n")]
    [InlineData("conferenceId,title,unionId\nconf-1,\"He said \"\"hi\"\"; bye\",union-1\n")]
    [InlineData("conferenceId,title,unionId\nconf-1,\"two\nlines\",union-1\n")]
    [InlineData("conferenceId,title,unionId\nconf-1,24\" screen,union-1\n")]
    [InlineData("conferenceId;unionId\nconf-1;union-1\n")]
    [InlineData("\"title, long\";conferenceId;unionId\n\"a, b, c\";conf-1;union-1\n")]
    [InlineData("conf-1;union-1\n")]
    [InlineData("conf-1\tunion-1\n")]
    [InlineData("conf-1,union-1,,,,,\n")]
    [InlineData("conferenceId,unionId,,\nconf-1,union-1,,,\n,,,,\n")]
    [InlineData("conf-1,union-1\rconf-1,union-1")]
    public void A_list_is_read_as_people_have_it(string text)
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var list = BackfillList.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text.TrimStart('\uFEFF'))]);

            Assert.Empty(list.Problems);
            Assert.Equal(new ConferenceMessage("conf-1", "union-1", null, null, Trigger.Backfill), Assert.Single(list.Notifications).Message);
        }
    }

    [Fact]
    public void UTF_16_is_known_without_its_mark() => Assert.Single(BackfillList.Read(Encoding.Unicode.GetBytes("conf-1\n")).Notifications);

    [Theory]
    [InlineData("unionId,meetingId\nunion-1,conf-1\n", 1)]
    [InlineData("# a comment\n\nmeeting id,user\nconf-1,union-1\n", 3)]
    [InlineData("Meeting_ID\nconf-1\n", 1)]
    [InlineData("Title,Start time\nWeekly,2026-11-23\n", 1)]
    [InlineData("endedAt\n2026-11-23T08:00:00Z\n", 1)]
    public void A_header_that_names_no_conference_id_is_refused_and_nothing_is_enqueued(string text, int line)
    {
        var list = Read(text);

        Assert.Empty(list.Notifications);
        Assert.Equal((line, "conferenceId", "a column of that name in the header"), (list.Problems[0].Line, list.Problems[0].Problem.Field, list.Problems[0].Problem.Expected));
    }

    [Theory]
    [InlineData("6.3211E+23")]
    [InlineData("6E+23")]
    [InlineData("6.3211e+23")]
    [InlineData("\"6,3211E+23\"")]
    [InlineData("632110000000000.0")]
    [InlineData("632112345678901000000000")]
    [InlineData("#NAME?")]
    [InlineData("#N/A")]
    [InlineData("########")]
    public void An_id_that_a_spreadsheet_has_mangled_is_named(string id)
    {
        var list = Read($"conferenceId,unionId\nconf-1,union-1\n{id},union-1\n");

        Assert.Single(list.Notifications);
        Assert.Equal((3, "conferenceId"), (Assert.Single(list.Problems).Line, list.Problems[0].Problem.Field));
        Assert.StartsWith("the id itself", list.Problems[0].Problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("632112345678901234")]
    [InlineData("100000000000000000")]
    [InlineData("6e23")]
    [InlineData("61289fa0")]
    public void An_id_that_only_looks_like_a_number_is_none_that_is_mangled(string id) => Assert.Equal(id, Assert.Single(Read(id).Notifications).Message.ConferenceId);

    [Fact]
    public void A_meeting_number_is_refused_as_it_would_be_if_it_was_posted()
    {
        var list = Read("conferenceId\n123 456 789\nconf-1\n");

        Assert.Equal("conf-1", Assert.Single(list.Notifications).Message.ConferenceId);
        Assert.StartsWith("a conference id; nine digits", Assert.Single(list.Problems).Problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_union_id_that_a_spreadsheet_has_mangled_is_named()
        => Assert.Equal("unionId", Assert.Single(Read("conf-1,6.3E+23\n").Problems).Problem.Field);

    [Fact]
    public void A_quotation_that_does_not_end_is_named_and_swallows_nothing_in_silence()
    {
        var list = Read("conferenceId,title\nconf-1,\"Weekly\nconf-2,Daily\nconf-3,Monthly\n");

        Assert.Empty(list.Notifications);
        Assert.Equal("$", Assert.Single(list.Problems).Problem.Field);
    }

    [Fact]
    public void No_content_whatever_makes_the_reader_throw()
    {
        var parts = Gen.OneOf("conferenceId", "unionId", "conf-1", "sep=", "#", "\"", ",", ";", "\t", "\r", "\n", "\r\n", " ", "\uFEFF", "\0", "6E+23", "会");
        Gen.OneOf(Gen.Byte.Array, parts.Array[0, 24].Select(static p => Encoding.UTF8.GetBytes(string.Concat(p))), parts.Array[0, 24].Select(static p => Encoding.Unicode.GetBytes(string.Concat(p))))
            .Sample(static content => BackfillList.Read(content).Notifications.All(static n => Identifiers.IsConferenceId(n.Message.ConferenceId)));
    }

    [Fact]
    public void A_line_that_cannot_be_used_is_named_and_the_others_are_not_touched()
    {
        var list = Read("a/b\nconf-1\nconf-2,two words\nconf-3,,,yesterday\n,union-1\nconf-4,a,b,2026-11-23T08:00:00Z,more\n");

        Assert.Equal(["conf-1"], list.Notifications.Select(static n => n.Message.ConferenceId));
        Assert.Equal(
            [(1, "conferenceId"), (3, "unionId"), (4, "endedAt"), (5, "conferenceId"), (6, "$")],
            list.Problems.Select(static p => (p.Line, p.Problem.Field)));
        Assert.Equal(Identifiers.ConferenceIdGrammar, list.Problems[0].Problem.Expected);
        Assert.Equal("at most 4 columns", list.Problems[^1].Problem.Expected);
    }

    [Fact]
    public void One_content_gives_one_set_of_ids_and_another_content_gives_others()
    {
        var first = Read("conf-1\n");

        Assert.Equal(first.Notifications[0].Root, Read("conf-1\n").Notifications[0].Root);
        Assert.NotEqual(first.Notifications[0].Root, Read("conf-1\nconf-2\n").Notifications[0].Root);
        Assert.StartsWith("conf-1:backfill:", first.Notifications[0].Root, StringComparison.Ordinal);
    }

    private static BackfillList Read(string text) => BackfillList.Read(Encoding.UTF8.GetBytes(text));
}
