using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Tickets;

namespace MeetingRecordings.Functions.Tests.Tickets;

public sealed class SuiteTicketJsonTests
{
    [Fact]
    public void A_ticket_is_read_as_it_was_written()
    {
        var ticket = new SuiteTicket("ticket-1", new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal(ticket, SuiteTicketJson.Deserialize(SuiteTicketJson.Serialize(ticket)));
    }

    [Fact]
    public void A_ticket_behind_a_byte_order_mark_is_read()
        => Assert.Equal("ticket-1", SuiteTicketJson.Deserialize(BinaryData.FromString("\uFEFF{\"suiteTicket\":\"ticket-1\"}"))?.Value);

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"suiteTicket":7}""")]
    public void What_is_no_ticket_is_none(string body) => Assert.Null(SuiteTicketJson.Deserialize(BinaryData.FromString(body)));
}
