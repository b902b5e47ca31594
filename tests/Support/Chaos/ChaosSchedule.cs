using DingTalkSimulator.Pushing;

namespace Support.Chaos;

/// <summary>Everything that is left to chance in a run, decided beforehand by its seed.</summary>
/// <param name="Fates">What becomes of each meeting.</param>
/// <param name="Pushes">The pushes in their order, which is not that of the meetings.</param>
public sealed record ChaosSchedule(IReadOnlyList<Fate> Fates, IReadOnlyList<Push> Pushes)
{
    private const double RareShare = 0.2;
    private const double MinuteLimitShare = 0.005;
    private const double TwoEventsShare = 0.25;
    private const double LostEndShare = 0.1;
    private const double RepeatedShare = 0.25;
    private const int MaxRepeats = 3;
    private const double LongestPushCalmMs = 400;
    private const double LongestCalmSeconds = 5;
    private const double ShortestCalmSeconds = 1;

    /// <summary>Decides.</summary>
    public static ChaosSchedule Create(ChaosOptions options)
    {
        var random = new Random(options.Seed);
        var fates = new Fate[options.Meetings];
        var pushes = new List<Push>();
        for (var meeting = 0; meeting < fates.Length; meeting++)
        {
            var roll = random.NextDouble();
            var rare = Fate.Rare[random.Next(Fate.Rare.Count)];
            fates[meeting] = roll < RareShare ? rare
                : roll < RareShare + MinuteLimitShare && options.MinuteLimits ? Fate.MinuteLimit
                : Fate.Usual;
            var repeats = random.NextDouble() < RepeatedShare ? random.Next(1, MaxRepeats + 1) : 0;
            var twoEvents = random.NextDouble() < TwoEventsShare && fates[meeting] == Fate.Usual;
            var end = random.NextDouble() < LostEndShare ? PushedEvent.MeetingStarted : PushedEvent.MeetingEnded;
            pushes.AddRange(Enumerable.Range(0, 1 + repeats).Select(_ => NewPush(meeting, end)));
            pushes.AddRange(Enumerable.Range(0, twoEvents ? 1 : 0).Select(_ => NewPush(meeting, PushedEvent.VideoGenerated)));
        }

        var order = pushes.ToArray();
        random.Shuffle(order);
        return new ChaosSchedule(fates, order);

        Push NewPush(int meeting, PushedEvent what)
            => new(meeting, what, TimeSpan.FromMilliseconds(random.NextDouble() * LongestPushCalmMs));
    }

    /// <summary>The numbers of the meetings that are told of by nothing but their begin.</summary>
    public IReadOnlyList<int> OnlyBegun =>
    [
        .. Pushes.GroupBy(static push => push.Meeting)
            .Where(static meeting => meeting.All(static push => push.Event == PushedEvent.MeetingStarted))
            .Select(static meeting => meeting.Key),
    ];

    /// <summary>What is done to the processes, without end, each after so long a calm.</summary>
    public static IEnumerable<(TimeSpan Calm, Disruption Disruption)> Disruptions(int seed)
    {
        var random = new Random(~seed);
        while (true)
        {
            var calm = TimeSpan.FromSeconds(ShortestCalmSeconds + random.NextDouble() * (LongestCalmSeconds - ShortestCalmSeconds));
            var disruption = random.Next(10) switch
            {
                < 6 => Disruption.KillHost,
                < 8 => Disruption.DropConnections,
                _ => Disruption.RestartBlobs,
            };
            yield return (calm, disruption);
        }
    }
}
