namespace Benchmarks.Model;

/// <summary>
/// A day of meetings against limits, second by second. Looks wait in one line, as on the queue; what is due goes as fast as the
/// tightest limit lets it. Whole meetings are not told apart: their numbers are real numbers.
/// </summary>
internal sealed class DaySimulation
{
    // From a meeting's end: when its video is announced, which DingTalk does not document; the first look, and the summary's; the watch of
    // a meeting of an hour.
    private static readonly int VideoAfter = (int)TimeSpan.FromMinutes(5).TotalSeconds;
    private static readonly int FirstLookAfter = (int)TimeSpan.FromMinutes(10).TotalSeconds;
    private static readonly int WatchAfter = (int)TimeSpan.FromHours(11).TotalSeconds;
    private const int SecondsPerMinute = 60;
    private const double Negligible = 1e-9;

    private readonly MeetingMix _mix;
    private readonly Limits _limits;
    private readonly Queue<DueLooks> _line = new();
    private readonly Dictionary<int, List<DueLooks>> _later = [];
    private readonly List<double> _backlogs = [];
    private DueLooks _head;
    private double _backlog;
    private double _worstBacklog;
    private double _done;
    private double _lagSum;
    private int _worstLag;
    private int _lastDone;

    private DaySimulation(MeetingMix mix, Limits limits)
    {
        _mix = mix;
        _limits = limits;
    }

    /// <summary>Runs a day, and on until all is done.</summary>
    /// <param name="meetings">Meetings that end in the day.</param>
    /// <param name="mix">What they are like.</param>
    /// <param name="limits">What the services allow.</param>
    /// <param name="horizon">When to stop at the latest, since midnight.</param>
    public static DayResult Run(double meetings, MeetingMix mix, Limits limits, TimeSpan horizon)
    {
        var simulation = new DaySimulation(mix, limits);
        for (var second = 0; second < (int)horizon.TotalSeconds; second++)
        {
            simulation.Step(second, meetings * DayProfile.ShareOfDayPerSecond(TimeSpan.FromSeconds(second)));
        }

        return simulation.Result();
    }

    private DayResult Result() => new(
        _backlogs,
        _worstBacklog,
        TimeSpan.FromSeconds(_worstLag),
        TimeSpan.FromSeconds(_done > 0 ? _lagSum / _done : 0),
        _backlog > Negligible || _later.Count > 0 ? null : TimeSpan.FromSeconds(_lastDone));

    private void Step(int second, double ended)
    {
        var recorded = ended * _mix.RecordedShare;
        Schedule(second + VideoAfter, LookKind.Announced, recorded);
        Schedule(second + FirstLookAfter, LookKind.Ended, recorded);
        Schedule(second + FirstLookAfter, LookKind.Unneeded, recorded);
        Schedule(second + FirstLookAfter, LookKind.NotRecorded, ended - recorded);
        Schedule(second + WatchAfter, LookKind.Unneeded, ended);
        if (_later.Remove(second, out var due))
        {
            due.ForEach(Enqueue);
        }

        Serve(second, new SecondBudget(_limits, ended * _mix.Notifications));
        _worstBacklog = Math.Max(_worstBacklog, _backlog);
        if ((second + 1) % SecondsPerMinute == 0)
        {
            _backlogs.Add(_backlog);
        }
    }

    private void Schedule(int due, LookKind kind, double count)
    {
        if (count > Negligible)
        {
            (_later.TryGetValue(due, out var looks) ? looks : _later[due] = []).Add(new DueLooks(due, kind, count));
        }
    }

    private void Enqueue(DueLooks looks)
    {
        _line.Enqueue(looks);
        _backlog += looks.Count;
    }

    private void Serve(int second, SecondBudget budget)
    {
        while (_head.Count > Negligible || _line.TryDequeue(out _head))
        {
            var served = budget.Take(_head.Cost, _head.Count);
            if (served <= Negligible)
            {
                return;
            }

            _backlog = Math.Max(0, _backlog - served);
            _done += served;
            _lagSum += served * (second - _head.DueAt);
            _worstLag = Math.Max(_worstLag, second - _head.DueAt);
            _lastDone = second;
            _head = _head with { Count = _head.Count - served };
        }

        _backlog = 0;
    }
}
