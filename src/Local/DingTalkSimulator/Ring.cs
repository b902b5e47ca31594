namespace DingTalkSimulator;

/// <summary>Keeps the last entries, up to a number.</summary>
/// <param name="capacity">The number.</param>
internal sealed class Ring<T>(int capacity)
{
    private readonly List<T> _entries = [];
    private int _oldest;

    /// <summary>How many were dropped to make room.</summary>
    public long Dropped { get; private set; }

    /// <summary>The entries, the oldest first.</summary>
    public IEnumerable<T> Entries => _entries.Skip(_oldest).Concat(_entries.Take(_oldest));

    /// <summary>Adds an entry, and drops the oldest where there are too many.</summary>
    public void Add(T entry)
    {
        if (_entries.Count < capacity)
        {
            _entries.Add(entry);
            return;
        }

        _entries[_oldest] = entry;
        _oldest = (_oldest + 1) % capacity;
        Dropped++;
    }
}
