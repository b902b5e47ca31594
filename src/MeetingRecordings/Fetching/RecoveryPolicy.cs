using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Fetching;

/// <summary>
/// Decides what follows from a look at a conference. Nothing but the options, the outcome and the context counts, and every outcome
/// has exactly one action.
/// </summary>
/// <param name="options">How long to wait for what.</param>
public sealed class RecoveryPolicy(RecoveryOptions options)
{
    // Some of them are metered; after so many in a row they count as a fault.
    private const int MaxBusyAnswers = 5;

    // What waits for a new month must not come all at once.
    private static readonly TimeSpan LongestSpread = TimeSpan.FromHours(1);

    // Once DingTalk has announced a video, its list is not far behind.
    private static readonly TimeSpan[] WaitsOnceAnnounced =
        [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    /// <summary>Whether conference info is asked before the videos.</summary>
    public bool AsksInfoFirst => options.InfoFirst;

    /// <summary>Whether a look is the last one that waits for a recording.</summary>
    /// <param name="lineage">What the look's message has been through.</param>
    public bool IsLastLook(Lineage lineage) => lineage.Checks >= options.ReadinessLadder.Count;

    /// <summary>Decides.</summary>
    /// <param name="outcome">What came of the look.</param>
    /// <param name="context">What else counts.</param>
    public RecoveryAction Decide(LookOutcome outcome, LookContext context) => HandOver(DecideOnce(outcome, context), context);

    /// <summary>
    /// The action, but that a message which was delivered before leaves its failure to its next look. Where one was sent before, both would
    /// fail; the queue keeps but one message with the next one's id.
    /// </summary>
    internal static RecoveryAction HandOver(RecoveryAction action, LookContext context)
        => action is RecoveryAction.Poison or RecoveryAction.DeadLetter && context is { IsRedelivery: true, Lineage.TookOver: false }
            ? new RecoveryAction.LookAgain(TimeSpan.Zero, context.Trigger, context.Lineage.AfterRedelivery())
            : action;

    private RecoveryAction DecideOnce(LookOutcome outcome, LookContext context) => outcome switch
    {
        LookOutcome.Recorded recorded => AfterRecorded(recorded, context),
        LookOutcome.NotRecorded or LookOutcome.RecordedBefore or LookOutcome.Unneeded => new RecoveryAction.Finish(),
        LookOutcome.Running => Wait(options.WatchAfter ?? options.FirstLookAfter, context.Lineage.AfterProgress(), null, context),
        LookOutcome.Missing missing => Poison(PoisonReasons.RecordingMissing, missing.Error, context.Lineage),
        // A second look only follows a manifest that already holds videos.
        LookOutcome.NotReady when context.Trigger == Trigger.Recheck => new RecoveryAction.Finish(),
        LookOutcome.NotReady waiting => WhenReady(waiting.Error, context) ?? Poison(PoisonReasons.RecordingMissing, waiting.Error, context.Lineage),
        LookOutcome.Postponed { Wait: var wait } => Postpone(wait + LongestSpread * context.Jitter, context),
        LookOutcome.NotStored { Failure: var failure } => AfterFault(failure, TimeSpan.Zero, context),
        LookOutcome.Failed { Error: var error } => AfterError(error, context),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private RecoveryAction AfterRecorded(LookOutcome.Recorded recorded, LookContext context)
        => !recorded.MayGrow || context.Trigger == Trigger.Recheck || options.ConfirmAfter <= TimeSpan.Zero || TimeLeft(context) <= TimeSpan.Zero
            ? new RecoveryAction.Finish()
            : new RecoveryAction.LookAgain(Within(options.ConfirmAfter, context), Trigger.Recheck, context.Lineage.AfterProgress());

    private RecoveryAction AfterError(DingTalkError error, LookContext context) => error.Class switch
    {
        ErrorClass.NotReady => DecideOnce(new LookOutcome.NotReady(error), context),
        ErrorClass.Unclear => WhenReady(error, context) ?? DeadLetter(error),
        ErrorClass.Busy when context.Lineage.Throttles >= MaxBusyAnswers => AfterFault(Failure.Of(error), error.AtLeast(TimeSpan.Zero), context),
        ErrorClass.Throttled or ErrorClass.Busy or ErrorClass.ThrottledForAMinute or ErrorClass.Banned => Wait(
            Backoff.AfterThrottle(error, context.Lineage.Throttles, context.Jitter), context.Lineage.AfterThrottle(), Failure.Of(error), context),
        ErrorClass.Faulted or ErrorClass.Limited => AfterFault(Failure.Of(error), error.AtLeast(TimeSpan.Zero), context),
        ErrorClass.QuotaExhausted => Poison(PoisonReasons.QuotaExhausted, error, context.Lineage.WithFault(context.Now)),
        ErrorClass.InvalidToken or ErrorClass.UnknownUser or ErrorClass.Rejected => DeadLetter(error),
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };

    private RecoveryAction AfterFault(Failure failure, TimeSpan least, LookContext context)
    {
        var (lineage, ladder) = (context.Lineage, options.FaultLadder);
        if (lineage.Faults >= ladder.Count)
        {
            return new RecoveryAction.Poison(PoisonReasons.RetriesSpent, failure, lineage.WithFault(context.Now));
        }

        var rung = ladder[lineage.Faults];
        return Wait(Backoff.AfterFault(rung > least ? rung : least, context.Jitter), lineage.AfterFault(context.Now), failure, context);
    }

    private RecoveryAction? WhenReady(DingTalkError? error, LookContext context)
        => IsLastLook(context.Lineage)
            ? null
            : Wait(NextRung(context.Lineage), context.Lineage.AfterCheck(), error is null ? null : Failure.Of(error), context);

    private TimeSpan NextRung(Lineage lineage)
    {
        var rung = options.ReadinessLadder[lineage.Checks];
        return lineage.RecordingAnnounced && lineage.Checks < WaitsOnceAnnounced.Length && WaitsOnceAnnounced[lineage.Checks] < rung
            ? WaitsOnceAnnounced[lineage.Checks]
            : rung;
    }

    private static RecoveryAction.LookAgain Postpone(TimeSpan wait, LookContext context)
        => new(wait, context.Trigger, context.Lineage.AfterPostponement(wait));

    // The one place where something of DingTalk's is waited for, so that nothing is waited for beyond the maximum age.
    private RecoveryAction Wait(TimeSpan wait, Lineage next, Failure? failure, LookContext context)
        => TimeLeft(context) <= TimeSpan.Zero
            ? new RecoveryAction.Poison(PoisonReasons.MaxAgeExceeded, failure, context.Lineage)
            : new RecoveryAction.LookAgain(Within(wait, context), context.Trigger, next);

    private TimeSpan Within(TimeSpan wait, LookContext context) => TimeLeft(context) is var left && left < wait ? left : wait;

    // Clocks differ, so that a message may seem to come from the future.
    private TimeSpan TimeLeft(LookContext context)
        => context.Now > context.Lineage.FirstEnqueuedAt ? options.MaxAge - (context.Now - context.Lineage.FirstEnqueuedAt) : options.MaxAge;

    private static RecoveryAction.Poison Poison(string reason, DingTalkError? error, Lineage lineage)
        => new(reason, error is null ? null : Failure.Of(error), lineage);

    private static RecoveryAction.DeadLetter DeadLetter(DingTalkError error)
        => new(error.Code, ErrorTable.WhatToFix(error.Code), Failure.Of(error));
}
