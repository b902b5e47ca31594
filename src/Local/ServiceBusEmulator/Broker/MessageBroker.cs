using System.Diagnostics.CodeAnalysis;

namespace ServiceBusEmulator.Broker;

/// <summary>The queues by name.</summary>
internal sealed class MessageBroker : IDisposable
{
    private readonly Dictionary<string, MessageQueue> _queues = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">Two queues have the same name.</exception>
    public MessageBroker(IEnumerable<QueueOptions> queues, TimeProvider clock)
    {
        foreach (var options in queues)
        {
            if (!_queues.TryAdd(options.Name, new MessageQueue(options, clock)))
            {
                throw new ArgumentException($"Two queues are named '{options.Name}'.", nameof(queues));
            }
        }
    }

    public bool TryFind(string name, [NotNullWhen(true)] out MessageQueue? queue) => _queues.TryGetValue(name, out queue);

    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public MessageQueue Find(string name) =>
        TryFind(name, out var queue) ? queue : throw new ArgumentException($"There is no queue '{name}'.", nameof(name));

    public void Dispose()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }
}
