using System.Diagnostics.CodeAnalysis;

namespace ServiceBusEmulator.Broker;

/// <summary>Consumers that wait for messages, served in the order in which they came; each stands in it once.</summary>
internal sealed class WaitingLine
{
    private readonly LinkedList<IConsumer> _line = [];
    private readonly Dictionary<IConsumer, LinkedListNode<IConsumer>> _places = [];

    public void Join(IConsumer consumer)
    {
        if (!_places.ContainsKey(consumer))
        {
            _places.Add(consumer, _line.AddLast(consumer));
        }
    }

    public void Leave(IConsumer consumer)
    {
        if (_places.Remove(consumer, out var place))
        {
            _line.Remove(place);
        }
    }

    public bool TryTakeFirst([NotNullWhen(true)] out IConsumer? consumer)
    {
        consumer = _line.First?.Value;
        if (consumer is not null)
        {
            Leave(consumer);
        }

        return consumer is not null;
    }
}
