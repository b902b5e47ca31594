namespace ServiceBusEmulator.Broker;

/// <summary>The message ids seen within the last while; an id's time runs from when it was first seen.</summary>
internal sealed class DuplicateWindow(TimeSpan length)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset Until)> _byAge = [];

    /// <summary>Remembers an id.</summary>
    /// <returns>False when it is already within the window: the message is a duplicate.</returns>
    public bool TryAdd(string id, DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && oldest.Until <= now)
        {
            _byAge.Dequeue();
            _seen.Remove(oldest.Id);
        }

        if (!_seen.Add(id))
        {
            return false;
        }

        _byAge.Enqueue((id, now + length));
        return true;
    }
}
