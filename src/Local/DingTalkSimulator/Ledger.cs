using DingTalkSimulator.Recordings;

namespace DingTalkSimulator;

/// <summary>
/// What happened, in order: the last of it in full, and all of it in numbers. Safe for any number of threads.
/// </summary>
/// <param name="capacity">How many calls, and how many tries of pushes, are kept in full.</param>
public sealed class Ledger(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Ring<ApiCall> _calls = new(capacity);
    private readonly Ring<PushAttempt> _pushes = new(capacity);
    private readonly Ring<LostEvent> _lost = new(capacity);
    private readonly Ring<MediaRequest> _media = new(capacity);
    private readonly Tally _all = new();
    private readonly Dictionary<string, Tally> _byConference = new(StringComparer.Ordinal);

    /// <summary>The last API calls.</summary>
    public IReadOnlyList<ApiCall> Calls => Read(() => _calls.Entries.ToList());

    /// <summary>The last tries of pushes.</summary>
    public IReadOnlyList<PushAttempt> Pushes => Read(() => _pushes.Entries.ToList());

    /// <summary>The last events that DingTalk lost.</summary>
    public IReadOnlyList<LostEvent> LostEvents => Read(() => _lost.Entries.ToList());

    /// <summary>The last requests for files.</summary>
    public IReadOnlyList<MediaRequest> MediaRequests => Read(() => _media.Entries.ToList());

    /// <summary>How many entries are not kept in full any more.</summary>
    public long Dropped => Read(() => _calls.Dropped + _pushes.Dropped + _lost.Dropped + _media.Dropped);

    /// <summary>The sums of all that happened.</summary>
    public LedgerTotals Totals => Read(_all.ToTotals);

    /// <summary>The sums of each conference about which something happened.</summary>
    public IReadOnlyList<ConferenceTally> Tallies
        => Read(() => _byConference.Select(static row => new ConferenceTally(row.Key, row.Value.ToTotals())).ToList());

    /// <summary>The sums of one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public LedgerTotals TotalsOf(string conferenceId)
        => Read(() => (_byConference.GetValueOrDefault(conferenceId) ?? new Tally()).ToTotals());

    /// <summary>How many times something was asked about a conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="operation">What was asked.</param>
    public int CountOf(string conferenceId, ApiOperation operation)
        => Read(() => _byConference.GetValueOrDefault(conferenceId)?[operation] ?? 0);

    /// <summary>The last API calls about one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<ApiCall> CallsOf(string conferenceId)
        => Read(() => _calls.Entries.Where(call => call.ConferenceId == conferenceId).ToList());

    /// <summary>The last tries to push an event about one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<PushAttempt> PushesOf(string conferenceId)
        => Read(() => _pushes.Entries.Where(push => push.ConferenceId == conferenceId).ToList());

    /// <summary>The last events about one conference that DingTalk lost.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<LostEvent> LostEventsOf(string conferenceId)
        => Read(() => _lost.Entries.Where(lost => lost.ConferenceId == conferenceId).ToList());

    /// <summary>The last requests for files of one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<MediaRequest> MediaRequestsOf(string conferenceId)
        => Read(() => _media.Entries.Where(request => request.ConferenceId == conferenceId).ToList());

    internal void Add(ApiCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            _all.Count(call);
            TallyOf(call.ConferenceId)?.Count(call);
        }
    }

    internal void Add(PushAttempt push)
    {
        lock (_gate)
        {
            _pushes.Add(push);
            _all.Count(push);
            TallyOf(push.ConferenceId)?.Count(push);
        }
    }

    internal void Add(MediaRequest request)
    {
        lock (_gate)
        {
            _media.Add(request);
            _all.CountMedia();
            TallyOf(request.ConferenceId)!.CountMedia();
        }
    }

    internal void CountBytes(MediaRequest request, int bytes)
    {
        lock (_gate)
        {
            request.Count(bytes);
            _all.CountMedia(bytes);
            TallyOf(request.ConferenceId)!.CountMedia(bytes);
        }
    }

    internal void Add(LostEvent lost)
    {
        lock (_gate)
        {
            _lost.Add(lost);
            _all.CountLost();
            TallyOf(lost.ConferenceId)?.CountLost();
        }
    }

    private Tally? TallyOf(string? conferenceId)
    {
        if (conferenceId is null)
        {
            return null;
        }

        if (!_byConference.TryGetValue(conferenceId, out var tally))
        {
            _byConference[conferenceId] = tally = new Tally();
        }

        return tally;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
