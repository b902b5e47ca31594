using Benchmarks.Load;

namespace Benchmarks.Tests.Load;

public class RawOrderTests
{
    [Fact]
    public void An_order_is_read_as_it_was_written()
    {
        var order = new RawOrder(RawCall.Put, 12_345, 500, 16);

        Assert.Equal(order, RawOrder.Parse(order.ToString()));
    }
}
