using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>
/// Decides what follows from a look at a conference. It is a pure function: nothing but its arguments counts, and every
/// outcome has exactly one action.
/// </summary>
public static class RecoveryPolicy
{
    // Long enough that a fleet which failed together does not come back together, short enough that ladders keep growing.
    private const double FaultJitter = 0.2;
    private const double ThrottleJitter = 0.5;
    private const int MaxThrottleDoublings = 6;
    private static readonly TimeSpan ThrottleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinuteLimitWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BanWait = TimeSpan.FromMinutes(5);

    /// <summary>Decides.</summary>
    /// <param name="outcome">What came of the look.</param>
    /// <param name="trigger">Why the look was taken.</param>
    /// <param name="lineage">What the message has been through.</param>
    /// <param name="options">How long to wait for what.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="jitter">A random number from 0 (inclusive) to 1 (exclusive) that spreads the waits.</param>
    public static RecoveryAction Decide(
        LookOutcome outcome,
        Trigger trigger,
        Lineage lineage,
        RecoveryOptions options,
        DateTimeOffset now,
        double jitter)
    {
        var action = outcome switch
        {
            LookOutcome.Recorded => AfterRecorded(trigger, lineage, options),
            LookOutcome.NeverRecorded => new RecoveryAction.FinishNotRecorded(),
            LookOutcome.RecordedBefore => new RecoveryAction.Finish(),
            LookOutcome.NotReady waiting => AfterNotReady(waiting.Error, trigger, lineage, options),
            LookOutcome.Failed failed => AfterError(failed.Error, trigger, lineage, options, now, jitter),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        var tooOld = now - lineage.FirstEnqueuedAt >= options.MaxAge;
        return action is RecoveryAction.LookAgain && outcome is not LookOutcome.Recorded && tooOld
            ? new RecoveryAction.Poison(PoisonReasons.MaxAgeExceeded, ErrorOf(outcome), lineage)
            : action;
    }

    private static RecoveryAction AfterRecorded(Trigger trigger, Lineage lineage, RecoveryOptions options)
        => trigger is Trigger.Recheck or Trigger.RecordingReady || options.ConfirmAfter <= TimeSpan.Zero
            ? new RecoveryAction.Finish()
            : new RecoveryAction.LookAgain(
                options.ConfirmAfter,
                Trigger.Recheck,
                Next(lineage) with { Checks = 0, Faults = 0, Throttles = 0, FirstFailureAt = null });

    private static RecoveryAction AfterNotReady(DingTalkError? error, Trigger trigger, Lineage lineage, RecoveryOptions options)
    {
        // A second look only follows a manifest that already holds videos.
        if (trigger == Trigger.Recheck)
        {
            return new RecoveryAction.Finish();
        }

        if (LookWhenReady(trigger, lineage, options) is { } again)
        {
            return again;
        }

        // To write down that there is none would hide the loss of what DingTalk has announced.
        return lineage.RecordingAnnounced
            ? new RecoveryAction.Poison(PoisonReasons.RecordingMissing, error, lineage)
            : new RecoveryAction.FinishNotRecorded(Contradicted: lineage.RecordingConfirmed);
    }

    private static RecoveryAction AfterError(
        DingTalkError error,
        Trigger trigger,
        Lineage lineage,
        RecoveryOptions options,
        DateTimeOffset now,
        double jitter)
        => error.Class switch
        {
            ErrorClass.NotReady => AfterNotReady(error, trigger, lineage, options),
            ErrorClass.Unclear => LookWhenReady(trigger, lineage, options) ?? (RecoveryAction)DeadLetter(error),
            ErrorClass.Throttled => LookAfterThrottle(ThrottleWait * Math.Pow(2, Math.Min(lineage.Throttles, MaxThrottleDoublings)), error, trigger, lineage, jitter),
            ErrorClass.ThrottledForAMinute => LookAfterThrottle(MinuteLimitWait, error, trigger, lineage, jitter),
            ErrorClass.Banned => LookAfterThrottle(BanWait, error, trigger, lineage, jitter),
            ErrorClass.Faulted => AfterFault(error, trigger, lineage, options, now, jitter),
            ErrorClass.QuotaExhausted => new RecoveryAction.Poison(PoisonReasons.QuotaExhausted, error, WithFailure(lineage, now)),
            ErrorClass.InvalidToken or ErrorClass.UnknownUser or ErrorClass.Rejected => DeadLetter(error),
            _ => throw new ArgumentOutOfRangeException(nameof(error)),
        };

    private static RecoveryAction.LookAgain? LookWhenReady(Trigger trigger, Lineage lineage, RecoveryOptions options)
        => lineage.Checks < options.ReadinessLadder.Count
            ? new RecoveryAction.LookAgain(
                options.ReadinessLadder[lineage.Checks],
                trigger,
                Next(lineage) with { Checks = lineage.Checks + 1, Faults = 0, Throttles = 0, FirstFailureAt = null })
            : null;

    private static RecoveryAction.LookAgain LookAfterThrottle(TimeSpan wait, DingTalkError error, Trigger trigger, Lineage lineage, double jitter)
        => new(error.AtLeast(wait) * (1 + ThrottleJitter * jitter), trigger, Next(lineage) with { Throttles = lineage.Throttles + 1 });

    private static RecoveryAction AfterFault(
        DingTalkError error,
        Trigger trigger,
        Lineage lineage,
        RecoveryOptions options,
        DateTimeOffset now,
        double jitter)
    {
        var failed = WithFailure(lineage, now);
        return lineage.Faults < options.FaultLadder.Count
            ? new RecoveryAction.LookAgain(error.AtLeast(options.FaultLadder[lineage.Faults]) * (1 + FaultJitter * jitter), trigger, Next(failed))
            : new RecoveryAction.Poison(PoisonReasons.RetriesSpent, error, failed);
    }

    private static DingTalkError? ErrorOf(LookOutcome outcome) => outcome switch
    {
        LookOutcome.Failed failed => failed.Error,
        LookOutcome.NotReady waiting => waiting.Error,
        _ => null,
    };

    private static Lineage WithFailure(Lineage lineage, DateTimeOffset now)
        => lineage with { Faults = lineage.Faults + 1, Throttles = 0, FirstFailureAt = lineage.FirstFailureAt ?? now };

    private static Lineage Next(Lineage lineage) => lineage with { Step = lineage.Step + 1 };

    private static RecoveryAction.DeadLetter DeadLetter(DingTalkError error) => new(error.Code, ErrorTable.WhatToFix(error.Code), error);
}
