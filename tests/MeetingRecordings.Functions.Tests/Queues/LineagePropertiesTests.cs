using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Tests.Queues;

public sealed class LineagePropertiesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void A_lineage_survives_its_travel_whole()
    {
        var lineage = new Lineage("conf-1:ended:7", Start)
        {
            Step = 4,
            Checks = 1,
            Faults = 2,
            Throttles = 3,
            FirstFailureAt = Start.AddMinutes(1),
            RecordingConfirmed = true,
            RecordingAnnounced = true,
            InfoAsked = true,
            TookOver = true,
            RefusedUnionIds = ["union-1", "union-2"],
            EndedAtSource = EndedAtSource.Event,
        };

        var read = Travel(lineage);

        Assert.Equal(lineage.RefusedUnionIds, read.RefusedUnionIds);
        Assert.Equal(lineage with { RefusedUnionIds = [] }, read with { RefusedUnionIds = [] });
    }

    [Fact]
    public void A_message_put_on_the_queue_by_hand_begins_a_lineage()
    {
        var read = LineageProperties.Read(new Dictionary<string, object>(), "by-hand", Start);

        Assert.Equal(new Lineage("by-hand", Start) { RefusedUnionIds = read.RefusedUnionIds }, read);
        Assert.Empty(read.RefusedUnionIds);
    }

    [Fact]
    public void Counters_that_are_no_counters_begin_at_zero()
    {
        var properties = new Dictionary<string, object> { ["step"] = "two", ["checks"] = -1, ["faults"] = 2.5, ["first-enqueued-at"] = "yesterday" };

        var read = LineageProperties.Read(properties, "root", Start);

        Assert.Equal((0, 0, 0, Start), (read.Step, read.Checks, read.Faults, read.FirstEnqueuedAt));
    }

    [Fact]
    public void Properties_that_a_tool_made_texts_of_when_it_resent_the_message_are_read_all_the_same()
    {
        var properties = new Dictionary<string, object>
        {
            ["step"] = "2",
            ["checks"] = 3L,
            ["faults"] = "5",
            ["first-enqueued-at"] = new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc),
            ["first-failure-at"] = "2026-11-22T08:00:00Z",
            ["recording-confirmed"] = "true",
        };

        var read = LineageProperties.Read(properties, "root", Start);

        var dayBefore = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal((2, 3, 5, true), (read.Step, read.Checks, read.Faults, read.RecordingConfirmed));
        Assert.Equal((dayBefore, dayBefore), (read.FirstEnqueuedAt, read.FirstFailureAt));
    }

    [Theory]
    [InlineData("True")]
    [InlineData("TRUE")]
    [InlineData(true)]
    public void A_switch_is_on_in_any_spelling(object value)
        => Assert.True(LineageProperties.Read(new Dictionary<string, object> { ["recording-announced"] = value }, "root", Start).RecordingAnnounced);

    [Theory]
    [InlineData(7L, "7")]
    [InlineData((byte)7, "7")]
    public void A_root_that_a_tool_made_a_number_of_is_read(object value, string expected)
        => Assert.Equal(expected, LineageProperties.Read(new Dictionary<string, object> { ["root"] = value }, "root", Start).Root);

    [Fact]
    public void A_time_at_which_no_message_was_enqueued_is_none()
    {
        var properties = new Dictionary<string, object> { ["first-enqueued-at"] = "0001-01-01T00:00:00Z", ["first-failure-at"] = DateTime.MaxValue };

        var read = LineageProperties.Read(properties, "root", Start);

        Assert.Equal((Start, null), (read.FirstEnqueuedAt, read.FirstFailureAt));
    }

    [Fact]
    public void Properties_of_any_type_harm_nothing()
    {
        object[] values = [new byte[] { 1 }, new Dictionary<string, object>(), new List<object>(), Guid.Empty, 'c', 1.5m, TimeSpan.MaxValue, new Uri("urn:a"), double.NaN];
        foreach (var value in values)
        {
            var properties = new[] { "root", "step", "checks", "first-enqueued-at", "recording-announced", "refused-union-ids", "ended-at-source" }
                .ToDictionary(static name => name, _ => value);

            Assert.Equal(0, LineageProperties.Read(properties, "root", Start).Step);
        }
    }

    [Fact]
    public void What_is_said_not_to_be_so_is_not_so()
    {
        var properties = new Dictionary<string, object> { ["recording-confirmed"] = false, ["recording-announced"] = "no", ["info-asked"] = 1 };

        var read = LineageProperties.Read(properties, "root", Start);

        Assert.Equal((false, false, false, false), (read.RecordingConfirmed, read.RecordingAnnounced, read.InfoAsked, read.TookOver));
    }

    private static Lineage Travel(Lineage lineage)
    {
        var properties = new Dictionary<string, object>();
        LineageProperties.Write(lineage, properties);
        return LineageProperties.Read(properties, "unused", DateTimeOffset.MinValue);
    }
}
