using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Tests.Notifications.Plain;

public sealed class PlainNotificationReaderTests
{
    [Fact]
    public void One_notification_with_every_field_is_accepted()
    {
        var accepted = Assert.Single(Accepted(
            """{"conferenceId":"conf-1","unionId":"u1","corpId":"ding1","endedAt":"2026-11-23T09:00:00.25+01:00"}"""));

        Assert.Equal(0, accepted.Index);
        Assert.Equal(
            new ConferenceMessage("conf-1", "u1", "ding1", new DateTimeOffset(2026, 11, 23, 8, 0, 0, 250, TimeSpan.Zero), Trigger.MeetingEnded),
            accepted.Notification.Message);
        Assert.Equal(TimeSpan.Zero, accepted.Notification.Message.EndedAt!.Value.Offset);
        Assert.Equal(EndedAtSource.Event, accepted.Notification.EndedAtSource);
    }

    [Theory]
    [InlineData("""{"conferenceId":"conf-1"}""")]
    [InlineData("""{"conferenceId":"conf-1","unionId":null,"corpId":null,"endedAt":null}""")]
    [InlineData("""{"ConferenceId":"conf-1","unknown":{"a":[1]}}""")]
    [InlineData("""{"conferenceId":"first","conferenceId":"conf-1"}""")]
    public void A_notification_with_nothing_but_a_conference_is_accepted(string body)
    {
        var accepted = Assert.Single(Accepted(body));

        Assert.Equal(new ConferenceMessage("conf-1", null, null, null, Trigger.MeetingEnded), accepted.Notification.Message);
        Assert.Equal(EndedAtSource.Fallback, accepted.Notification.EndedAtSource);
    }

    [Fact]
    public void Of_an_array_each_item_is_accepted_or_rejected_by_itself()
    {
        var items = Items("""[{"conferenceId":"a"},{"unionId":"u"},7,{"conferenceId":"b"},null,{"conferenceId":"../c"}]""");

        Assert.Equal([(0, "a"), (3, "b")], items.Accepted.Select(static a => (a.Index, a.Notification.Message.ConferenceId)));
        Assert.Equal([(1, "conferenceId"), (2, "$"), (4, "$"), (5, "conferenceId")], items.Rejected.Select(static r => (r.Index, r.Problem.Field)));
        Assert.Equal("an object with conferenceId", items.Rejected[1].Problem.Expected);
    }

    [Fact]
    public void A_thousand_notifications_are_accepted_and_one_more_is_too_many()
    {
        Assert.Equal(1000, Accepted(ArrayOf(1000)).Count);
        Assert.Equal(
            "The array holds 1001 notifications; expected 1 to 1000.",
            Assert.IsType<PlainReading.Malformed>(Read(ArrayOf(1001))).Detail);
    }

    [Theory]
    [InlineData("[]", "The array is empty; expected 1 to 1000 notifications.")]
    [InlineData("null", "The body is a JSON Null; expected an object with conferenceId, or an array of them.")]
    [InlineData("\"conf-1\"", "The body is a JSON String; expected an object with conferenceId, or an array of them.")]
    [InlineData("17", "The body is a JSON Number; expected an object with conferenceId, or an array of them.")]
    [InlineData("", "The body is no JSON (line 1, byte 0); expected an object with conferenceId, or an array of them.")]
    [InlineData("{\"conferenceId\":\n\"conf-1\"", "The body is no JSON (line 2, byte 8); expected an object with conferenceId, or an array of them.")]
    public void A_body_that_is_no_notification_is_malformed_and_told_why(string body, string detail)
        => Assert.Equal(detail, Assert.IsType<PlainReading.Malformed>(Read(body)).Detail);

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void JSON_nested_deeper_than_8_is_malformed(int depth, bool accepted)
    {
        var body = $$"""{"conferenceId":"conf-1","x":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}""";

        Assert.IsType(accepted ? typeof(PlainReading.Items) : typeof(PlainReading.Malformed), Read(body));
    }

    [Theory]
    [InlineData("""{}""", "conferenceId")]
    [InlineData("""{"conferenceId":null}""", "conferenceId")]
    [InlineData("""{"conferenceId":""}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a/b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a\\b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":".."}""", "conferenceId")]
    [InlineData("""{"conferenceId":".hidden"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a..b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a\nb"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a\u0000b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"会议"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a?b"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a%2Fb"}""", "conferenceId")]
    [InlineData("""{"conferenceId":17}""", "conferenceId")]
    [InlineData("""{"conferenceId":["a"]}""", "conferenceId")]
    [InlineData("""{"conferenceId":{"a":1}}""", "conferenceId")]
    [InlineData("""{"conferenceId":true}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a\ud800"}""", "conferenceId")]
    [InlineData("""{"conferenceId":"a","unionId":""}""", "unionId")]
    [InlineData("""{"conferenceId":"a","unionId":"two words"}""", "unionId")]
    [InlineData("""{"conferenceId":"a","unionId":"用户"}""", "unionId")]
    [InlineData("""{"conferenceId":"a","unionId":7}""", "unionId")]
    [InlineData("""{"conferenceId":"a","corpId":"a\tb"}""", "corpId")]
    [InlineData("""{"conferenceId":"a","corpId":[]}""", "corpId")]
    [InlineData("""{"conferenceId":"a","endedAt":""}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":1795420800000}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-23"}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-23T08:00:00"}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-31T08:00:00Z"}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":"23/11/2026 08:00:00Z"}""", "endedAt")]
    [InlineData("""{"conferenceId":"a","endedAt":"yesterday"}""", "endedAt")]
    public void A_field_of_another_form_is_rejected_by_its_name(string body, string field)
    {
        var items = Items(body);

        Assert.Empty(items.Accepted);
        var rejected = Assert.Single(items.Rejected);
        Assert.Equal((0, field), (rejected.Index, rejected.Problem.Field));
        Assert.NotEmpty(rejected.Problem.Expected);
    }

    [Theory]
    [InlineData("123456789")]
    [InlineData("123 456 789")]
    [InlineData(" 123-456-789 ")]
    public void The_number_with_which_people_join_is_told_apart_and_the_way_to_its_conferences_named(string number)
    {
        var problem = Assert.Single(Items($$"""{"conferenceId":"{{number}}"}""").Rejected).Problem;

        Assert.Equal("conferenceId", problem.Field);
        Assert.Equal(
            "a conference id; nine digits are the number with which people join. "
                + "DingTalk's GET /v1.0/conference/roomCodes/{roomCode}/infos gives the conference ids of a number",
            problem.Expected);
    }

    [Theory]
    [InlineData("12345678")]
    [InlineData("1234567890")]
    [InlineData("12345678a")]
    public void Other_digits_may_be_a_conference(string id) => Assert.Single(Items($$"""{"conferenceId":"{{id}}"}""").Accepted);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(10_240, false)]
    public void An_id_has_at_most_128_characters(int length, bool accepted)
    {
        var id = new string('a', length);

        Assert.Equal(accepted ? 1 : 0, Items($$"""{"conferenceId":"{{id}}"}""").Accepted.Count);
        Assert.Equal(accepted ? 1 : 0, Items($$"""{"conferenceId":"a","unionId":"{{id}}"}""").Accepted.Count);
        Assert.Equal(accepted ? 1 : 0, Items($$"""{"conferenceId":"a","corpId":"{{id}}"}""").Accepted.Count);
    }

    [Fact]
    public void What_was_rejected_is_not_repeated_to_the_sender()
    {
        var rejected = Assert.Single(Items("""{"conferenceId":"<script>alert(1)</script>"}""").Rejected);

        Assert.DoesNotContain("script", rejected.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00Z", 0)]
    [InlineData("2026-11-23T08:00:00.1Z", 1_000_000)]
    [InlineData("2026-11-23T08:00:00.1234567Z", 1_234_567)]
    [InlineData("2026-11-23T08:00:00+00:00", 0)]
    [InlineData("2026-11-23T16:00:00+08:00", 0)]
    [InlineData("2026-11-22T20:00:00-12:00", 0)]
    public void Timestamps_carry_their_offset(string text, long ticks)
        => Assert.Equal(
            new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddTicks(ticks),
            Assert.Single(Accepted($$"""{"conferenceId":"a","endedAt":"{{text}}"}""")).Notification.Message.EndedAt);

    [Fact]
    public void One_idempotency_key_gives_one_conference_the_same_root_at_every_request()
    {
        const string body = """[{"conferenceId":"a"},{"conferenceId":"b"}]""";

        var roots = Roots(body, "key-1");

        Assert.Equal(roots, Roots(body, "key-1"));
        Assert.Equal(4, roots.Union(Roots(body, "key-2")).Count());
        Assert.Matches("^a:plain:[0-9a-f]{32}$", roots[0]);
        Assert.Matches("^b:plain:[0-9a-f]{32}$", roots[1]);
    }

    [Fact]
    public void An_idempotency_key_cannot_be_read_from_a_root()
        => Assert.DoesNotContain("secret-key", Roots("""{"conferenceId":"a"}""", "secret-key")[0], StringComparison.Ordinal);

    [Fact]
    public void Without_an_idempotency_key_every_notification_has_a_root_of_its_own()
    {
        var roots = Roots("""[{"conferenceId":"a"},{"conferenceId":"a"}]""", null);

        Assert.Equal(2, roots.Distinct().Count());
        Assert.All(roots, static root => Assert.Matches("^a:plain:[0-9a-f]{32}$", root));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void An_end_at_which_no_meeting_was_is_no_end(string endedAt)
    {
        var reading = PlainNotificationReader.Read(Encoding.UTF8.GetBytes($$"""{"conferenceId":"conf-1","unionId":"u","endedAt":"{{endedAt}}"}"""), null);

        var notification = Assert.Single(Assert.IsType<PlainReading.Items>(reading).Accepted).Notification;
        Assert.Equal((null, EndedAtSource.Fallback), (notification.Message.EndedAt, notification.EndedAtSource));
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00.123456789Z", "2026-11-23T08:00:00.1234567Z")]
    [InlineData("2026-11-23T08:00Z", "2026-11-23T08:00:00.0000000Z")]
    [InlineData("2026-11-23t08:00:00z", "2026-11-23T08:00:00.0000000Z")]
    [InlineData("2026-11-23T08:00:00+08", "2026-11-23T00:00:00.0000000Z")]
    public void Every_instant_with_an_offset_is_an_end(string endedAt, string expected)
    {
        var reading = PlainNotificationReader.Read(Encoding.UTF8.GetBytes($$"""{"conferenceId":"conf-1","endedAt":"{{endedAt}}"}"""), null);

        var notification = Assert.Single(Assert.IsType<PlainReading.Items>(reading).Accepted).Notification;
        Assert.Equal(expected, $"{notification.Message.EndedAt!.Value.UtcDateTime:O}");
    }

    [Fact]
    public void UTF_16_with_its_mark_is_read()
        => Assert.Single(Assert.IsType<PlainReading.Items>(PlainNotificationReader.Read(
            (byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("""{"conferenceId":"a"}""")], null)).Accepted);

    [Fact]
    public void No_body_whatever_makes_the_reader_throw()
    {
        Assert.IsType<PlainReading.Malformed>(PlainNotificationReader.Read(new byte[] { 0x7B, 0x00, 0x7D, 0x00 }, null));
        Assert.IsType<PlainReading.Items>(PlainNotificationReader.Read((byte[])[.. "{\"conferenceId\":\""u8, 0xC3, 0x28, .. "\"}"u8], null));
        var body = Encoding.UTF8.GetBytes("""[{"conferenceId":"a","unionId":"b","corpId":"\u0041","endedAt":"2026-11-23T08:00:00Z"},{"x\u0041":1}]""");
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var changed = body.ToArray();
            foreach (var (at, value) in changes)
            {
                changed[at] = value;
            }

            _ = PlainNotificationReader.Read(changed, "key");
        });
    }

    private static string ArrayOf(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(static i => $$"""{"conferenceId":"c{{i}}"}"""))}]";

    private static string[] Roots(string body, string? key)
        => [.. Assert.IsType<PlainReading.Items>(PlainNotificationReader.Read(Encoding.UTF8.GetBytes(body), key)).Accepted.Select(static a => a.Notification.Root)];

    private static IReadOnlyList<PlainNotification> Accepted(string body)
    {
        var items = Items(body);
        Assert.Empty(items.Rejected);
        return items.Accepted;
    }

    private static PlainReading.Items Items(string body) => Assert.IsType<PlainReading.Items>(Read(body));

    private static PlainReading Read(string body) => PlainNotificationReader.Read(Encoding.UTF8.GetBytes(body), null);
}
