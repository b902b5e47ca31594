using MeetingRecordings.DingTalk;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    [InlineData(31, 0)]
    public void What_is_left_is_never_less_than_nothing(int gone, int left)
    {
        var clock = new FakeTimeProvider();
        var deadline = new Deadline(Allowed, clock);

        clock.Advance(TimeSpan.FromSeconds(gone));

        Assert.Equal(TimeSpan.FromSeconds(left), deadline.Left);
        Assert.Equal(TimeSpan.FromSeconds(Math.Min(left, 2)), Deadline.Shorten(deadline, TimeSpan.FromSeconds(2)));
    }
}
