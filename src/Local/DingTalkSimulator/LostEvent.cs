using DingTalkSimulator.Pushing;

namespace DingTalkSimulator;

/// <summary>An event that DingTalk has neither pushed nor listed.</summary>
/// <param name="At">When it would have been pushed, UTC.</param>
/// <param name="Event">Which event.</param>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Reason">Why.</param>
public sealed record LostEvent(DateTimeOffset At, PushedEvent Event, string ConferenceId, LossReason Reason);
