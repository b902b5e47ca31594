namespace DingTalkSimulator.Api;

/// <summary>A call about a conference.</summary>
/// <param name="Operation">What is asked.</param>
/// <param name="ConferenceId">The conference's id; null where the call names none.</param>
/// <param name="Conference">The conference; null where there is none.</param>
/// <param name="UnionId">The user in whose name it is asked; null where there is none.</param>
internal sealed record ConferenceCall(ApiOperation Operation, string? ConferenceId, SimulatedConference? Conference, string? UnionId);
