using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Faults;

/// <summary>Which part of all events about conferences goes wrong, and how. Each rate is between 0 and 1.</summary>
public sealed record EventRates
{
    /// <summary>The seed: the same one gives the same fate to the same event of the same conference, in whatever order they come.</summary>
    public long Seed { get; init; }

    /// <summary>The rate of events that DingTalk neither pushes nor lists, by event. Default: none.</summary>
    public IReadOnlyDictionary<PushedEvent, double> Lost { get; init; } = new Dictionary<PushedEvent, double>();

    /// <summary>The rate of events that are pushed twice.</summary>
    public double Repeated { get; init; }

    /// <summary>
    /// The rate of events that are overtaken by the next one: of their meeting where it is played, or of their SyncHTTP push.
    /// </summary>
    public double Overtaken { get; init; }
}
