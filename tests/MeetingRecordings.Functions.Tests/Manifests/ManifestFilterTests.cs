using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Tests.Manifests;

public sealed class ManifestFilterTests
{
    [Fact]
    public void Every_condition_becomes_a_term_of_the_blob_index()
    {
        var filter = new ManifestFilter { Status = ManifestStatus.NotRecorded, CorpId = "ding'1" };
        Assert.True(filter.TryWithEndedOn("2026-11-01..2026-11-30", out filter));

        Assert.Equal(
            """
            "status"='notRecorded' AND "endedOn">='2026-11-01' AND "endedOn"<='2026-11-30' AND "corpId"='ding_1'
            """,
            filter.ToExpression());
    }

    [Fact]
    public void A_day_is_a_range_of_one()
    {
        Assert.True(new ManifestFilter().TryWithEndedOn("2026-11-23", out var filter));

        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23)), (filter.EndedFrom, filter.EndedTo));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-31")]
    [InlineData("2026-11-30..2026-11-01")]
    [InlineData("2026-11-01..")]
    [InlineData("2026-11-01'..2026-11-30")]
    [InlineData("23.11.2026")]
    public void What_is_no_day_or_range_is_refused(string text) => Assert.False(new ManifestFilter().TryWithEndedOn(text, out _));
}
