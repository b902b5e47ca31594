using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>A request for random faults of events.</summary>
internal sealed record EventFaultsRequest
{
    /// <summary>The rate of events that are neither pushed nor listed, by event, each from 0 to 1.</summary>
    public IReadOnlyDictionary<PushedEvent, double> Lost { get; set; } = new Dictionary<PushedEvent, double>();

    /// <summary>The rate of events that are pushed twice.</summary>
    public double Repeated { get; set; }

    /// <summary>The rate of events that the next one overtakes.</summary>
    public double Overtaken { get; set; }

    /// <summary>What is wrong with the request.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public FieldFault? FindFault()
        => Lost.Values.Any(static rate => rate is not (>= 0 and <= 1)) ? new FieldFault("lost", "rates from 0 to 1")
            : Lost.Keys.Any(static kind => !EventNames.IsAboutConference(kind)) ? new FieldFault("lost", "events about a conference")
            : Repeated is not (>= 0 and <= 1) ? new FieldFault("repeated", "a rate from 0 to 1")
            : Overtaken is not (>= 0 and <= 1) ? new FieldFault("overtaken", "a rate from 0 to 1")
            : null;

    /// <summary>The rates. The request must be without fault.</summary>
    public EventRates ToRates(long seed) => new() { Seed = seed, Lost = Lost, Repeated = Repeated, Overtaken = Overtaken };
}
