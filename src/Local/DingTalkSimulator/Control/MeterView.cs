using DingTalkSimulator.Metering;

namespace DingTalkSimulator.Control;

/// <summary>What DingTalk has counted by the month.</summary>
/// <param name="Current">This month.</param>
/// <param name="CallsPerMonth">The limit of calls; 0 for none.</param>
/// <param name="EventsPerMonth">The limit of events; 0 for none.</param>
/// <param name="Months">Every month in which something was counted.</param>
internal sealed record MeterView(MeteredMonth Current, int CallsPerMonth, int EventsPerMonth, IReadOnlyList<MeteredMonth> Months);
