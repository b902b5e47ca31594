namespace DingTalkSimulator.Metering;

/// <summary>What DingTalk has counted in a month.</summary>
/// <param name="Month">The month, as <c>2026-11</c>.</param>
/// <param name="Calls">API calls that count.</param>
/// <param name="CallsRefused">API calls refused beyond the limit.</param>
/// <param name="Events">Events pushed, tries not counted.</param>
/// <param name="EventsStopped">Events not pushed, beyond the limit.</param>
public sealed record MeteredMonth(string Month, int Calls, int CallsRefused, int Events, int EventsStopped);
