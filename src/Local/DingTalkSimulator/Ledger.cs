namespace DingTalkSimulator;

/// <summary>All that happened, in order. Safe for any number of threads.</summary>
public sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly List<ApiCall> _calls = [];
    private readonly List<PushAttempt> _pushes = [];

    /// <summary>Every API call.</summary>
    public IReadOnlyList<ApiCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Every try of every push.</summary>
    public IReadOnlyList<PushAttempt> Pushes
    {
        get
        {
            lock (_gate)
            {
                return [.. _pushes];
            }
        }
    }

    /// <summary>The sums.</summary>
    public LedgerTotals Totals
    {
        get
        {
            lock (_gate)
            {
                return LedgerTotals.Of(_calls, _pushes);
            }
        }
    }

    /// <summary>The API calls about one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<ApiCall> CallsOf(string conferenceId)
    {
        lock (_gate)
        {
            return _calls.FindAll(call => call.ConferenceId == conferenceId);
        }
    }

    /// <summary>The tries to push an event about one conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    public IReadOnlyList<PushAttempt> PushesOf(string conferenceId)
    {
        lock (_gate)
        {
            return _pushes.FindAll(push => push.ConferenceId == conferenceId);
        }
    }

    internal void Add(ApiCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }
    }

    internal void Add(PushAttempt push)
    {
        lock (_gate)
        {
            _pushes.Add(push);
        }
    }
}
