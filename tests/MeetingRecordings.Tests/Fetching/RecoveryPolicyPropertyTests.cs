using CsCheck;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Fetching;

public sealed class RecoveryPolicyPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly RecoveryOptions Options = new();
    private static readonly RecoveryPolicy Policy = new(Options);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(43);

    private static readonly Gen<double> Jitter = Gen.Double[0, 1].Where(static jitter => jitter < 1);

    private static readonly Gen<TimeSpan?> RetryAfter = Gen.OneOf<TimeSpan?>(
        null, TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30), TimeSpan.FromDays(40));

    private static readonly Gen<LookOutcome> Failed = Gen.Select(
        Gen.OneOf(
            "cloudRecordNotFound", "resourceClose", "waterLimitError", "Forbidden.AccessDenied.QpsLimitForApi",
            "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", "client.ipBan", "Forbidden.AccessDenied.ApiCountLimitForOrg", "systemError",
            "unknownUserError", "permissionError", "InvalidAuthentication", "client.timeout", "", "somethingNew"),
        Gen.OneOf<int?>(null, 200, 400, 403, 404, 429, 500, 503),
        RetryAfter,
        static (code, status, retryAfter) => (LookOutcome)new LookOutcome.Failed(new DingTalkError(code, "", status, null, retryAfter)));

    private static readonly Gen<LookOutcome> Outcome = Gen.Frequency(
        (1, Gen.Const<LookOutcome>(new LookOutcome.Recorded(MayGrow: true))),
        (1, Gen.Bool.Select(static contradicted => (LookOutcome)new LookOutcome.NotRecorded(contradicted))),
        (1, Gen.Const<LookOutcome>(new LookOutcome.Missing())),
        (1, Gen.Const<LookOutcome>(new LookOutcome.NotStored(new Failure("manifestStore.contended", "")))),
        (1, Gen.Const<LookOutcome>(new LookOutcome.RecordedBefore())),
        (2, Gen.Const<LookOutcome>(new LookOutcome.NotReady())),
        (6, Failed));

    private static readonly Gen<Lineage> AnyLineage = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 8], Gen.Int[0, 12], Gen.Int[0, 500], Gen.OneOf(0, int.MaxValue), Gen.Bool)
        .Select(static counts => new Lineage("conf-1:ended:7", Start)
        {
            Checks = Math.Max(counts.Item1, counts.Item5),
            Faults = Math.Max(counts.Item2, counts.Item5),
            Throttles = Math.Max(counts.Item3, counts.Item5 - 1),
            Step = counts.Item4,
            RecordingAnnounced = counts.Item6,
        });

    [Fact]
    public void Every_input_has_one_action_and_only_what_is_settled_is_finished()
        => Gen.Select(Outcome, Gen.Enum<Trigger>(), AnyLineage, Gen.Int[0, 14], Jitter).Sample(static (outcome, trigger, lineage, days, jitter) =>
        {
            var action = Policy.Decide(outcome, new LookContext(trigger, lineage, Start.AddDays(days), jitter));

            return action switch
            {
                // Nothing is lost: a message is let go only where the manifest already says all that can be known.
                RecoveryAction.Finish => outcome is LookOutcome.Recorded or LookOutcome.NotRecorded or LookOutcome.RecordedBefore
                    || (IsNotReady(outcome) && trigger == Trigger.Recheck),
                RecoveryAction.Poison { Reason: PoisonReasons.RecordingMissing } missing => missing.Lineage == lineage
                    && (outcome is LookOutcome.Missing || (IsNotReady(outcome) && Policy.IsLastLook(lineage) && trigger != Trigger.Recheck)),
                RecoveryAction.LookAgain again => again.After > TimeSpan.Zero
                    && again.After <= LongestWait
                    && again.Lineage.Root == lineage.Root
                    && again.Lineage.FirstEnqueuedAt == lineage.FirstEnqueuedAt
                    && again.Lineage.Step == lineage.Step + 1
                    && (again.Trigger == trigger || outcome is LookOutcome.Recorded),
                RecoveryAction.Poison poison => poison.Lineage.Step == lineage.Step && poison.Lineage.Root == lineage.Root
                    && poison.Reason is PoisonReasons.RetriesSpent or PoisonReasons.QuotaExhausted or PoisonReasons.MaxAgeExceeded,
                RecoveryAction.DeadLetter dead => outcome is LookOutcome.Failed failed && dead.Failure == Failure.Of(failed.Error) && dead.Description.Length > 0,
                _ => false,
            };
        });

    [Fact]
    public void Waits_after_faults_grow_are_spread_by_a_fifth_and_are_bounded_in_sum()
        => Jitter.Array[10].Sample(static jitters =>
        {
            var waits = WaitsOf(new DingTalkError("systemError", "", 500), jitters, out var last);

            return last is RecoveryAction.Poison { Reason: PoisonReasons.RetriesSpent }
                && waits.Count == Options.FaultLadder.Count
                && waits.Zip(Options.FaultLadder).All(static pair => pair.First >= pair.Second && pair.First < pair.Second * 1.2)
                && Grow(waits)
                && Sum(waits) < Sum(Options.FaultLadder) * 1.2;
        });

    [Fact]
    public void Waits_for_readiness_grow_and_are_bounded_in_sum()
        => Jitter.Array[10].Sample(static jitters =>
        {
            var waits = WaitsOf(new DingTalkError("resourceClose", "", 400), jitters, out var last);

            return last is RecoveryAction.DeadLetter && waits.SequenceEqual(Options.ReadinessLadder) && Grow(waits) && Sum(waits) < TimeSpan.FromDays(2);
        });

    [Fact]
    public void Waits_after_throttling_grow_to_a_cap_and_are_spread_by_a_half()
        => Jitter.Array[12].Sample(static jitters =>
        {
            var waits = WaitsOf(new DingTalkError("Forbidden.AccessDenied.QpsLimitForApi", "", 403), jitters, out _);

            return waits.Count == jitters.Length
                && Grow([.. waits.Take(7)])
                && waits.Index().All(wait => wait.Item >= TimeSpan.FromSeconds(Math.Min(1 << wait.Index, 64))
                    && wait.Item < TimeSpan.FromSeconds(1.5 * Math.Min(1 << wait.Index, 64)));
        });

    [Fact]
    public void Two_messages_that_failed_together_do_not_come_back_together()
        => Assert.NotEqual(WaitsOf(new DingTalkError("systemError", "", 500), [0.1], out _), WaitsOf(new DingTalkError("systemError", "", 500), [0.9], out _));

    [Fact]
    public void Whatever_DingTalk_answers_every_lineage_comes_to_an_end()
        => Gen.Select(Gen.Enum<Trigger>(), Gen.Int[0, int.MaxValue], Outcome.Array[1, 12]).Sample(static (trigger, seed, outcomes) =>
        {
            var random = new Random(seed);
            var now = Start;
            var lineage = new Lineage("conf-1:ended:7", Start);
            var ids = new HashSet<string>();
            while (true)
            {
                if (!ids.Add(lineage.MessageId))
                {
                    return false;
                }

                var action = Policy.Decide(outcomes[random.Next(outcomes.Length)], new LookContext(trigger, lineage, now, random.NextDouble()) { IsRedelivery = random.Next(2) == 0 });
                if (action is not RecoveryAction.LookAgain again)
                {
                    return now - Start <= Options.MaxAge + LongestWait + Options.ConfirmAfter;
                }

                (now, trigger, lineage) = (now + again.After, again.Trigger, again.Lineage);
            }
        });

    private static List<TimeSpan> WaitsOf(DingTalkError error, double[] jitters, out RecoveryAction? last)
    {
        var waits = new List<TimeSpan>();
        var lineage = new Lineage("conf-1:ended:7", Start);
        last = null;
        foreach (var jitter in jitters)
        {
            last = Policy.Decide(new LookOutcome.Failed(error), new LookContext(Trigger.MeetingEnded, lineage, Start, jitter));
            if (last is not RecoveryAction.LookAgain again)
            {
                break;
            }

            waits.Add(again.After);
            lineage = again.Lineage;
        }

        return waits;
    }

    private static bool IsNotReady(LookOutcome outcome)
        => outcome is LookOutcome.NotReady or LookOutcome.Failed { Error.Class: ErrorClass.NotReady };

    private static bool Grow(IReadOnlyList<TimeSpan> waits) => waits.Zip(waits.Skip(1)).All(static pair => pair.Second > pair.First);

    private static TimeSpan Sum(IEnumerable<TimeSpan> waits) => waits.Aggregate(static (a, b) => a + b);
}
