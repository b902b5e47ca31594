namespace MeetingRecordings.Functions.Sweep;

/// <summary>Whether DingTalk is asked for the pushes that failed: the setting <c>Sweep__Enabled</c>.</summary>
/// <param name="Enabled">Whether it is.</param>
public sealed record SweepSwitch(bool Enabled);
