using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator.Tests.Protocol;

public class EntityAddressTests
{
    [Theory]
    [InlineData("q", "Queue", "q", false)]
    [InlineData("/q", "Queue", "q", false)]
    [InlineData("a/b.c-d", "Queue", "a/b.c-d", false)]
    [InlineData("amqp://localhost:5672/q", "Queue", "q", false)]
    [InlineData("amqps://name.servicebus.windows.net/q/$DeadLetterQueue", "Queue", "q", true)]
    [InlineData("q/$management", "Management", "q", false)]
    [InlineData("q/$DeadLetterQueue/$Management", "Management", "q", true)]
    [InlineData("$cbs", "Token", "", false)]
    [InlineData("amqp://localhost", "Queue", "", false)]
    [InlineData(null, "Queue", "", false)]
    public void An_address_names_a_node(string? address, string node, string queue, bool isDeadLetter) =>
        Assert.Equal(new EntityAddress(Enum.Parse<EntityNode>(node), queue, isDeadLetter), EntityAddress.Parse(address));
}
