using System.Diagnostics.CodeAnalysis;

namespace ServiceBusEmulator.Broker;

/// <summary>Messages in the order of their sequence numbers.</summary>
internal sealed class SequenceIndex
{
    private readonly SortedSet<BrokeredMessage> _messages = new(Comparer<BrokeredMessage>.Create(static (a, b) =>
        a.SequenceNumber == b.SequenceNumber ? a.Copy.CompareTo(b.Copy) : a.SequenceNumber.CompareTo(b.SequenceNumber)));

    public int Count => _messages.Count;

    public void Add(BrokeredMessage message) => _messages.Add(message);

    public bool Remove(BrokeredMessage message) => _messages.Remove(message);

    public bool TryFind(long sequenceNumber, [NotNullWhen(true)] out BrokeredMessage? message) =>
        _messages.TryGetValue(Probe(sequenceNumber), out message);

    public bool TryTakeFirst([NotNullWhen(true)] out BrokeredMessage? message)
    {
        message = _messages.Min;
        return message is not null && _messages.Remove(message);
    }

    /// <summary>The messages from a sequence number on, lowest first.</summary>
    public IEnumerable<BrokeredMessage> From(long sequenceNumber) =>
        _messages.GetViewBetween(Probe(sequenceNumber), Probe(long.MaxValue));

    private static BrokeredMessage Probe(long sequenceNumber) => new(NoContent, sequenceNumber, default);

    private static readonly MessageContent NoContent = new();
}
