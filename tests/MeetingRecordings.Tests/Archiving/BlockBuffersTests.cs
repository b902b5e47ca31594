using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class BlockBuffersTests
{
    [Fact]
    public async Task Whoever_wants_one_more_waits_until_one_is_given_back_once()
    {
        using var buffers = new BlockBuffers(count: 2, length: 4);
        var first = await buffers.RentAsync(TestContext.Current.CancellationToken);
        using var second = await buffers.RentAsync(TestContext.Current.CancellationToken);
        var third = buffers.RentAsync(TestContext.Current.CancellationToken);
        Assert.False(third.IsCompleted);
        var memory = first.Memory;

        first.Dispose();
        first.Dispose();

        using var got = await third;
        Assert.Equal((4, memory), (got.Memory.Length, got.Memory));
        Assert.False(buffers.RentAsync(TestContext.Current.CancellationToken).IsCompleted);
    }
}
