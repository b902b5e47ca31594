using System.Text;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Http;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class ReplayRequestTests
{
    [Theory]
    [InlineData("24:00:00", 24)]
    [InlineData("1.00:00:00", 24)]
    [InlineData("PT36H", 36)]
    public void An_age_of_24_hours_is_a_day(string age, double hours)
    {
        Assert.True(Parse($$"""{"olderThan":"{{age}}"}""").Succeeded(out var read, out _));
        Assert.Equal(new FailedSelection.ByAge(TimeSpan.FromHours(hours)), read.Selection);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.True(Parse("\uFEFF{\"all\":true}").Succeeded(out _, out _));

    private static Parsed<ReplayRequest> Parse(string json) => ReplayRequest.Parse(Encoding.UTF8.GetBytes(json));
}
