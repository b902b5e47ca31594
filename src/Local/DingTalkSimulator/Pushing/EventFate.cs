using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Pushing;

/// <summary>Decides which events are lost, pushed twice or overtaken.</summary>
internal sealed class EventFate(Tenant tenant)
{
    private enum Roll
    {
        Lost = 1,
        Repeated,
        Overtaken,
    }

    /// <summary>Why an event is lost. It is counted by the month's meter where it is not.</summary>
    /// <param name="kind">Which event.</param>
    /// <param name="conference">The conference.</param>
    /// <returns>The reason; null where it is not.</returns>
    public LossReason? LossOf(PushedEvent kind, SimulatedConference conference)
    {
        var rates = tenant.Faults.Events;
        return conference.Traits.LostEvents.Contains(kind) ? LossReason.Conference
            : rates is not null && Rolls(rates, Roll.Lost, kind, conference, rates.Lost.GetValueOrDefault(kind)) ? LossReason.Rate
            : tenant.Meter.TryCountEvent() ? null
            : LossReason.EventLimit;
    }

    /// <summary>Whether an event is pushed twice.</summary>
    public bool IsRepeated(PushedEvent kind, SimulatedConference conference)
        => tenant.Faults.Events is { } rates && Rolls(rates, Roll.Repeated, kind, conference, rates.Repeated);

    /// <summary>Whether the next event overtakes an event.</summary>
    public bool IsOvertaken(PushedEvent kind, SimulatedConference conference)
        => tenant.Faults.Events is { } rates && Rolls(rates, Roll.Overtaken, kind, conference, rates.Overtaken);

    /// <summary>Puts the events that are overtaken behind the next one each.</summary>
    public void Reorder<T>(IList<T> events, Func<T, (PushedEvent Kind, SimulatedConference Conference)> what)
    {
        for (var index = 0; index + 1 < events.Count; index++)
        {
            var (kind, conference) = what(events[index]);
            if (IsOvertaken(kind, conference))
            {
                (events[index], events[index + 1]) = (events[index + 1], events[index]);
                index++;
            }
        }
    }

    private static bool Rolls(EventRates rates, Roll roll, PushedEvent kind, SimulatedConference conference, double rate)
    {
        var hash = Dice.Hash(rates.Seed, (ulong)roll, (ulong)kind, (uint)conference.Ordinal, (uint)conference.PushesOf(kind));
        return Dice.ToUnit(hash) < rate;
    }
}
