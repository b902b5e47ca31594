using System.Diagnostics.CodeAnalysis;

namespace ServiceBusEmulator.Broker;

/// <summary>
/// The locked messages of a queue, by token and by age. Every lock of a queue lasts equally long, so the order in which they
/// are taken or renewed is the order in which they end: each step costs the same however many there are.
/// </summary>
internal sealed class LockTable
{
    private readonly Dictionary<Guid, LinkedListNode<BrokeredMessage>> _byToken = [];
    private readonly LinkedList<BrokeredMessage> _byAge = [];

    public int Count => _byToken.Count;

    public DateTimeOffset? Earliest => _byAge.First?.Value.LockedUntil;

    public void Add(BrokeredMessage message, DateTimeOffset until)
    {
        message.LockToken = Guid.NewGuid();
        message.LockedUntil = until;
        _byToken.Add(message.LockToken, _byAge.AddLast(message));
    }

    public bool TryRelease(Guid token, [NotNullWhen(true)] out BrokeredMessage? message)
    {
        if (!_byToken.Remove(token, out var node))
        {
            message = null;
            return false;
        }

        message = Unlock(node);
        return true;
    }

    public bool TryRenew(Guid token, DateTimeOffset until)
    {
        if (!_byToken.TryGetValue(token, out var node))
        {
            return false;
        }

        node.Value.LockedUntil = until;
        _byAge.Remove(node);
        _byAge.AddLast(node);
        return true;
    }

    /// <summary>Releases the lock that ends first, if it ends by <paramref name="now"/>.</summary>
    public bool TryReleaseExpired(DateTimeOffset now, [NotNullWhen(true)] out BrokeredMessage? message)
    {
        if (_byAge.First is not { } node || node.Value.LockedUntil > now)
        {
            message = null;
            return false;
        }

        _byToken.Remove(node.Value.LockToken);
        message = Unlock(node);
        return true;
    }

    private BrokeredMessage Unlock(LinkedListNode<BrokeredMessage> node)
    {
        _byAge.Remove(node);
        node.Value.LockToken = Guid.Empty;
        node.Value.LockedUntil = default;
        return node.Value;
    }
}
