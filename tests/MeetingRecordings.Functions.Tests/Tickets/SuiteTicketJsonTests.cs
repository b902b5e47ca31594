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

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"suiteTicket":7}""")]
    public void What_is_no_ticket_is_none(string body) => Assert.Null(SuiteTicketJson.Deserialize(BinaryData.FromString(body)));
}
