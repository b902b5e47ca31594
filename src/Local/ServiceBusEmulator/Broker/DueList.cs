using System.Diagnostics.CodeAnalysis;

namespace ServiceBusEmulator.Broker;

/// <summary>Messages by the moment at which something is due for them. Removal is exact: nothing stale is kept.</summary>
internal sealed class DueList
{
    private readonly SortedSet<(DateTimeOffset Due, long SequenceNumber, int Copy, BrokeredMessage Message)> _entries =
        new(Comparer<(DateTimeOffset Due, long SequenceNumber, int Copy, BrokeredMessage Message)>.Create(static (a, b) =>
            (a.Due, a.SequenceNumber, a.Copy).CompareTo((b.Due, b.SequenceNumber, b.Copy))));

    public int Count => _entries.Count;

    public DateTimeOffset? Earliest => _entries.Count == 0 ? null : _entries.Min.Due;

    public void Add(BrokeredMessage message, DateTimeOffset due) => _entries.Add(Entry(message, due));

    public bool Remove(BrokeredMessage message, DateTimeOffset due) => _entries.Remove(Entry(message, due));

    public bool TryTakeDue(DateTimeOffset now, [NotNullWhen(true)] out BrokeredMessage? message)
    {
        if (_entries.Count == 0 || _entries.Min is var first && first.Due > now)
        {
            message = null;
            return false;
        }

        _entries.Remove(first);
        message = first.Message;
        return true;
    }

    private static (DateTimeOffset Due, long SequenceNumber, int Copy, BrokeredMessage Message) Entry(BrokeredMessage message, DateTimeOffset due) =>
        (due, message.SequenceNumber, message.Copy, message);
}
