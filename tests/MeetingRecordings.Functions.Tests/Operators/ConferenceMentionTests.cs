using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Operators;

namespace MeetingRecordings.Functions.Tests.Operators;

public sealed class ConferenceMentionTests
{
    [Theory]
    [InlineData("""{"conferenceId":"conf-1","trigger":"meetingEnded"}""", true)]
    [InlineData("""{"conferenceId":"conf-10","trigger":"meetingEnded"}""", false)]
    [InlineData("""{"conferenceId":"other","unionId":"conf-1","trigger":"meetingEnded"}""", false)]
    [InlineData("""{"conferenceid":"conf-1"}""", true)]
    [InlineData("conf-1", true)]
    [InlineData("junk about conf-1.", true)]
    [InlineData("conf-10, aconf-1 and conf-1", true)]
    [InlineData("conf-10, aconf-1", false)]
    [InlineData("", false)]
    public void A_message_is_about_the_conference_that_its_body_names(string body, bool expected)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString(body));

        Assert.Equal(expected, ConferenceMention.IsAbout(message, "conf-1"));
    }
}
