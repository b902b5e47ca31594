namespace DingTalkSimulator;

/// <summary>A call of DingTalk's API, as the ledger keeps it.</summary>
/// <param name="At">When its answer was decided, UTC.</param>
/// <param name="Operation">What was asked.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="ConferenceId">The conference; null where the call is about none.</param>
/// <param name="UnionId">The user in whose name it was asked; null where there is none.</param>
/// <param name="Code"><c>ok</c>, DingTalk's error code, or what else was done with the call: <c>reset</c>, <c>raw:502</c>, …</param>
public sealed record ApiCall(DateTimeOffset At, ApiOperation Operation, string Path, string? ConferenceId, string? UnionId, string Code)
{
    /// <summary>The code of a call that was answered as usual.</summary>
    public const string Ok = "ok";
}
