using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Tests.Broker;

internal sealed class CountingConsumer : IConsumer
{
    public int Wakes { get; private set; }

    public void Wake() => Wakes++;
}
