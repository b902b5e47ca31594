using System.Text;
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
    public void Only_the_first_line_names_columns_and_of_a_column_that_is_named_twice_the_first_counts()
    {
        var list = Read("conferenceId,unionId,unionId\nconf-1,union-1,union-2\nconferenceId,union-3\n");

        Assert.Equal(
            [("conf-1", "union-1"), ("conferenceId", "union-3")],
            list.Notifications.Select(static n => (n.Message.ConferenceId, n.Message.UnionId!)));
        Assert.Empty(list.Problems);
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
