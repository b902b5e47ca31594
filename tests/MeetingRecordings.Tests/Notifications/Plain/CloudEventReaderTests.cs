using System.Text;
using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.Notifications;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Tests.Notifications.Plain;

public sealed class CloudEventReaderTests
{
    private const string Good =
        """{"specversion":"1.0","id":"e-1","source":"/meetings","type":"meeting.ended","time":"2026-11-23T08:00:00Z","datacontenttype":"application/json","traceid":"x","data":{"conferenceId":"conf-1","endedAt":"2026-11-23T08:00:00Z"}}""";

    [Fact]
    public void An_event_in_the_structured_mode_is_read()
    {
        var notification = Accepted(CloudEventReader.Read(Encoding.UTF8.GetBytes(Good)));

        Assert.Equal(
            new ConferenceMessage("conf-1", null, null, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), Trigger.MeetingEnded),
            notification.Message);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":{"conferenceId":"conf-1"}}""")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":"application/vnd.me+json; charset=utf-8","data":{"conferenceId":"conf-1"}}""")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":"application/json","data_base64":"eyJjb25mZXJlbmNlSWQiOiJjb25mLTEifQ=="}""")]
    public void Data_is_JSON_with_or_without_its_type_and_plain_or_in_base64(string json)
        => Assert.Equal("conf-1", Accepted(Read(json)).Message.ConferenceId);

    [Fact]
    public void The_source_and_the_id_are_the_idempotency_key()
    {
        string RootOf(string source, string id)
            => Accepted(Read($$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{source}}}","type":"t","data":{"conferenceId":"conf-1"}}""")).Root;

        Assert.Equal(RootOf("/a", "1"), RootOf("/a", "1"));
        Assert.NotEqual(RootOf("/a", "1"), RootOf("/a", "2"));
        Assert.NotEqual(RootOf("/a", "1"), RootOf("/b", "1"));
        Assert.NotEqual(RootOf("/a", "11"), RootOf("/a1", "1"));
    }

    [Fact]
    public void An_event_has_the_same_key_in_every_mode()
    {
        var attributes = new Dictionary<string, string> { ["specversion"] = "1.0", ["id"] = "e-1", ["source"] = "/meetings", ["type"] = "t" };
        var binary = Accepted(CloudEventReader.ReadBinary(attributes, """{"conferenceId":"conf-1"}"""u8.ToArray()));

        Assert.Equal(Accepted(Read(Good)).Root, binary.Root);
        Assert.Equal(Accepted(Read($"[{Good}]")).Root, binary.Root);
    }

    [Theory]
    [InlineData("7", "$")]
    [InlineData("{}", "specversion")]
    [InlineData("""{"specversion":"0.3","id":"e","source":"s","type":"t","data":{}}""", "specversion")]
    [InlineData("""{"specversion":1.0,"id":"e","source":"s","type":"t","data":{}}""", "specversion")]
    [InlineData("""{"specversion":"1.0","source":"s","type":"t","data":{}}""", "id")]
    [InlineData("""{"specversion":"1.0","id":"","source":"s","type":"t","data":{}}""", "id")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"s","type":"t","data":{}}""", "id")]
    [InlineData("""{"specversion":"1.0","id":"e","type":"t","data":{}}""", "source")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","data":{}}""", "type")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","time":"noon","data":{}}""", "time")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","time":"2026-11-23T08:00:00","data":{}}""", "time")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","time":1795420800,"data":{}}""", "time")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"http://[","type":"t","data":{}}""", "source")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":"json","data":{}}""", "datacontenttype")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":7,"data":{}}""", "datacontenttype")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"s","type":"t","data":{}}""", "id")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t"}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":null}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":[]}""", "data")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":{}}""", "data.conferenceId")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":{"conferenceId":"a/b"}}""", "data.conferenceId")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data":{},"data_base64":"e30="}""", "data_base64")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data_base64":"!"}""", "data_base64")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data_base64":7}""", "data_base64")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","data_base64":"AAAA"}""", "data_base64")]
    [InlineData("""{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":"text/plain","data":"conf-1"}""", "datacontenttype")]
    public void What_is_wrong_with_an_event_is_named_and_spoils_no_other(string json, string field)
    {
        var items = Assert.IsType<PlainReading.Items>(Read($"[{Good},{json},{Good}]"));

        Assert.Equal([0, 2], items.Accepted.Select(static a => a.Index));
        var rejection = Assert.Single(items.Rejected);
        Assert.Equal((1, field), (rejection.Index, rejection.Problem.Field));
    }

    [Theory]
    [InlineData("specversion", null, "ce-specversion")]
    [InlineData("specversion", "2.0", "ce-specversion")]
    [InlineData("id", null, "ce-id")]
    [InlineData("source", "", "ce-source")]
    [InlineData("type", null, "ce-type")]
    [InlineData("time", "noon", "ce-time")]
    [InlineData("time", "2026-11-23T08:00:00", "ce-time")]
    [InlineData("source", "http://[", "ce-source")]
    public void A_header_of_the_binary_mode_that_is_wrong_is_named(string name, string? value, string field)
    {
        var attributes = new Dictionary<string, string> { ["specversion"] = "1.0", ["id"] = "e-1", ["source"] = "/meetings", ["type"] = "t" };
        attributes.Remove(name);
        if (value is not null)
        {
            attributes[name] = value;
        }

        var items = Assert.IsType<PlainReading.Items>(CloudEventReader.ReadBinary(attributes, """{"conferenceId":"conf-1"}"""u8.ToArray()));

        Assert.Equal(field, Assert.Single(items.Rejected).Problem.Field);
    }

    [Theory]
    [InlineData("\"event_source\":\"syscalls\"")]
    [InlineData("\"traceParent\":\"00-a\"")]
    [InlineData("\"dataContentType\":\"text/plain\"")]
    [InlineData("\"example-extension\":\"x\"")]
    [InlineData("\"Not A Name\":{\"a\":[1]}")]
    [InlineData("\"score\":0.5")]
    [InlineData("\"ticks\":3000000000")]
    [InlineData("\"nothing\":null")]
    [InlineData("\"half\":\"\\ud800\"")]
    [InlineData("\"subject\":\"\"")]
    [InlineData("\"subject\":7")]
    [InlineData("\"dataschema\":\"not absolute\"")]
    [InlineData("\"time\":null")]
    [InlineData("\"time\":\"2026-11-23T08:00:00.123456789Z\"")]
    [InlineData("\"datacontenttype\":null")]
    [InlineData("\"data_base64\":null")]
    public void What_the_app_does_not_use_does_no_harm(string attribute)
    {
        var json = $$"""{"specversion":"1.0","id":"e-1","source":"/s","type":"t","data":{"conferenceId":"conf-1","unionId":"u"},{{attribute}}}""";

        Assert.Equal("conf-1", Accepted(Read(json)).Message.ConferenceId);
        Assert.Equal("conf-1", Accepted(Read($"[{json}]")).Message.ConferenceId);
    }

    [Fact]
    public void What_the_app_does_not_use_does_no_harm_in_the_binary_mode()
    {
        var attributes = new Dictionary<string, string>
        {
            ["specversion"] = "1.0",
            ["id"] = "e-1",
            ["source"] = "/meetings",
            ["type"] = "t",
            ["subject"] = "",
            ["dataschema"] = "not absolute",
            ["event_source"] = "x",
        };

        Assert.Equal("conf-1", Accepted(CloudEventReader.ReadBinary(attributes, """{"conferenceId":"conf-1"}"""u8.ToArray())).Message.ConferenceId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"event\"")]
    public void A_body_that_holds_no_event_is_malformed(string json) => Assert.IsType<PlainReading.Malformed>(Read(json));

    [Fact]
    public void A_batch_holds_at_most_a_thousand_events()
    {
        Assert.Equal(1000, Assert.IsType<PlainReading.Items>(Read($"[{string.Join(',', Enumerable.Repeat(Good, 1000))}]")).Accepted.Count);
        Assert.IsType<PlainReading.Malformed>(Read($"[{string.Join(',', Enumerable.Repeat(Good, 1001))}]"));
    }

    [Fact]
    public void No_change_of_an_event_makes_the_reader_throw()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var changed = good.ToArray();
            foreach (var (at, value) in changes)
            {
                changed[at] = value;
            }

            _ = CloudEventReader.Read(changed);
        });
    }

    private static PlainReading Read(string json) => CloudEventReader.Read(Encoding.UTF8.GetBytes(json));

    private static MeetingNotification Accepted(PlainReading reading)
        => Assert.Single(Assert.IsType<PlainReading.Items>(reading).Accepted).Notification;
}
