using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Fetching;

/// <summary>The table of what happened and what to do, row by row. The waits are without jitter.</summary>
public sealed class RecoveryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly RecoveryOptions Options = new();
    private static readonly Lineage Fresh = new("conf-1:ended:7", Now);

    [Theory]
    [InlineData(Trigger.MeetingEnded)]
    [InlineData(Trigger.Backfill)]
    [InlineData(Trigger.Replay)]
    public void Videos_are_looked_at_once_more_after_half_an_hour(Trigger trigger)
    {
        var worn = Fresh with { Step = 5, Checks = 3, Faults = 2, Throttles = 4, FirstFailureAt = Now, RecordingConfirmed = true, RefusedUnionIds = ["u1"] };

        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(new LookOutcome.Recorded(MayGrow: true), trigger, worn));

        Assert.Equal((TimeSpan.FromMinutes(30), Trigger.Recheck), (again.After, again.Trigger));
        Assert.Equal(worn with { Step = 6, Checks = 0, Faults = 0, Throttles = 0, FirstFailureAt = null }, again.Lineage);
    }

    [Fact]
    public void Videos_of_the_second_look_are_the_end()
        => Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.Recorded(MayGrow: true), Trigger.Recheck, Fresh));

    [Fact]
    public void Videos_to_which_nothing_can_be_added_unannounced_are_the_end()
    {
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.Recorded(MayGrow: false), trigger, Fresh));
        }
    }

    [Theory]
    [InlineData(0, "00:02:00")]
    [InlineData(1, "00:05:00")]
    [InlineData(2, "00:15:00")]
    [InlineData(3, "00:30:00")]
    [InlineData(4, "1.19:00:00")]
    public void Once_a_video_is_announced_its_list_is_asked_for_sooner(int checks, string after)
        => Assert.Equal(
            TimeSpan.Parse(after, null),
            AfterOf(new LookOutcome.NotReady(), Fresh with { Checks = checks, RecordingAnnounced = true }));

    [Fact]
    public void A_ladder_that_is_shorter_than_what_an_announcement_asks_for_counts()
        => Assert.Equal(
            TimeSpan.FromSeconds(1),
            Assert.IsType<RecoveryAction.LookAgain>(Decide(
                new LookOutcome.NotReady(),
                Trigger.RecordingReady,
                Fresh with { RecordingAnnounced = true },
                options: Options with { ReadinessLadder = [TimeSpan.FromSeconds(1)] })).After);

    [Fact]
    public void A_meeting_that_is_still_running_is_watched_on_until_its_message_is_too_old()
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(new LookOutcome.Running(), Trigger.Watch, Fresh with { Faults = 2 }));

        Assert.Equal((TimeSpan.FromHours(12), Trigger.Watch, 0, 0, 1), (again.After, again.Trigger, again.Lineage.Checks, again.Lineage.Faults, again.Lineage.Step));
        Assert.Equal(
            "maxAgeExceeded",
            Assert.IsType<RecoveryAction.Poison>(Decide(new LookOutcome.Running(), Trigger.Watch, Fresh with { FirstEnqueuedAt = Now.AddDays(-7) })).Reason);
    }

    [Theory]
    [InlineData("systemBusy", 429)]
    [InlineData("system.busy", 429)]
    [InlineData("somethingNew", 429)]
    public void An_answer_that_may_be_metered_is_not_waited_for_without_end(string code, int status)
    {
        Assert.Equal(0, Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed(code, status), Trigger.MeetingEnded, Fresh with { Throttles = 4 })).Lineage.Faults);

        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed(code, status), Trigger.MeetingEnded, Fresh with { Throttles = 5 }));

        Assert.Equal((1, 0), (again.Lineage.Faults, again.Lineage.Throttles));
        Assert.IsType<RecoveryAction.Poison>(Decide(Failed(code, status), Trigger.MeetingEnded, Fresh with { Throttles = 5, Faults = 5 }));
    }

    [Theory]
    [InlineData("waterLimitError", 404)]
    [InlineData("system.busy", 500)]
    [InlineData("serviceBusy", 503)]
    public void A_limit_that_may_never_pass_and_an_internal_error_count_as_faults(string code, int status)
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed(code, status), Trigger.MeetingEnded, Fresh));

        Assert.Equal((TimeSpan.FromSeconds(10), 1), (again.After, again.Lineage.Faults));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_a_wait_for_it_there_is_no_second_look(int minutes)
        => Assert.IsType<RecoveryAction.Finish>(
            Decide(new LookOutcome.Recorded(MayGrow: true), Trigger.MeetingEnded, Fresh, options: Options with { ConfirmAfter = TimeSpan.FromMinutes(minutes) }));

    [Fact]
    public void A_meeting_that_was_never_recorded_is_written_down_at_once()
    {
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.NotRecorded(), trigger, Fresh));
        }
    }

    [Theory]
    [InlineData(0, "00:20:00")]
    [InlineData(1, "00:30:00")]
    [InlineData(2, "01:00:00")]
    [InlineData(3, "03:00:00")]
    [InlineData(4, "1.19:00:00")]
    public void Recordings_that_are_not_ready_are_waited_for_on_the_readiness_ladder(int checks, string after)
    {
        var outcomes = new LookOutcome[] { new LookOutcome.NotReady(), Failed("cloudRecordNotFound%!(EXTRA string=50513)", 400), Failed("resourceClose", 400) };
        var worn = Fresh with { Step = 9, Checks = checks, Faults = 2, Throttles = 1, FirstFailureAt = Now };
        foreach (var outcome in outcomes)
        {
            foreach (var trigger in new[] { Trigger.MeetingEnded, Trigger.RecordingReady, Trigger.Backfill, Trigger.Replay })
            {
                var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, trigger, worn));

                Assert.Equal((TimeSpan.Parse(after, null), trigger), (again.After, again.Trigger));
                Assert.Equal(worn with { Step = 10, Checks = checks + 1, Faults = 0, Throttles = 0, FirstFailureAt = null }, again.Lineage);
            }
        }
    }

    [Fact]
    public void Only_the_look_after_the_last_wait_is_the_last()
    {
        var policy = new RecoveryPolicy(Options);

        Assert.False(policy.IsLastLook(Fresh with { Checks = 4 }));
        Assert.True(policy.IsLastLook(Fresh with { Checks = 5 }));
        Assert.True(policy.IsLastLook(Fresh with { Checks = 6 }));
    }

    [Theory]
    [InlineData(Trigger.MeetingEnded)]
    [InlineData(Trigger.RecordingReady)]
    [InlineData(Trigger.Backfill)]
    [InlineData(Trigger.Replay)]
    public void A_recording_that_was_announced_and_never_listed_is_poison_rather_than_written_down_as_none(Trigger trigger)
    {
        var announced = Fresh with { Step = 4, Checks = 5, RecordingAnnounced = true };
        var error = Failed("cloudRecordNotFound", 400).Error;

        var emptyList = Assert.IsType<RecoveryAction.Poison>(Decide(new LookOutcome.Missing(), trigger, announced));
        var refused = Assert.IsType<RecoveryAction.Poison>(Decide(new LookOutcome.Missing(error), trigger, announced));

        Assert.Equal(("recordingMissing", null, announced), (emptyList.Reason, emptyList.Failure, emptyList.Lineage));
        Assert.Equal(("recordingMissing", Failure.Of(error)), (refused.Reason, refused.Failure));
    }

    [Fact]
    public void A_recording_that_is_not_ready_beyond_the_ladder_is_never_let_go()
        => Assert.IsType<RecoveryAction.Poison>(Decide(new LookOutcome.NotReady(), Trigger.MeetingEnded, Fresh with { Checks = 5 }));

    [Fact]
    public void A_recording_that_is_no_longer_listed_and_was_written_down_before_is_the_end()
    {
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.RecordedBefore(), trigger, Fresh with { Checks = 5, RecordingConfirmed = true }));
        }
    }

    [Fact]
    public void A_second_look_that_sees_nothing_is_the_end_for_the_first_has_seen_videos()
        => Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.NotReady(), Trigger.Recheck, Fresh));

    [Fact]
    public void ResourceClose_to_the_ladders_end_is_dead_lettered()
    {
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var dead = Assert.IsType<RecoveryAction.DeadLetter>(Decide(Failed("resourceClose", 400), trigger, Fresh with { Checks = 5 }));

            Assert.Equal("resourceClose", dead.Reason);
        }
    }

    [Fact]
    public void ResourceClose_at_the_second_look_is_waited_out_for_nobody_knows_what_it_means()
        => Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed("resourceClose", 400), Trigger.Recheck, Fresh));

    [Theory]
    [InlineData("systemBusy", 429, 1)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 403, 1)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, 1)]
    [InlineData("system.busy", 429, 1)]
    [InlineData("client.noCode", 429, 1)]
    [InlineData("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 403, 60)]
    [InlineData("client.ipBan", 200, 300)]
    public void Throttling_costs_no_fault_and_waits_as_long_as_its_kind(string code, int status, double seconds)
    {
        var worn = Fresh with { Step = 2, Checks = 3, Faults = 4, FirstFailureAt = Now.AddHours(-1) };
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed(code, status), trigger, worn));

            Assert.Equal((TimeSpan.FromSeconds(seconds), trigger), (again.After, again.Trigger));
            Assert.Equal(worn with { Step = 3, Throttles = 1 }, again.Lineage);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 64)]
    [InlineData(7, 64)]
    [InlineData(1000, 64)]
    public void Throttling_that_goes_on_doubles_the_wait_to_a_minute(int throttles, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), AfterOf(Failed("Forbidden.AccessDenied.QpsLimitForApi", 403), Fresh with { Throttles = throttles }));

    [Theory]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 7, 7)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 0.5, 1)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 0, 1)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", -100, 1)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 3600, 3600)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", 3601, 3600)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", double.MaxValue, 3600)]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", double.MinValue, 1)]
    [InlineData("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 10, 60)]
    [InlineData("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 90, 90)]
    public void Retry_After_is_honoured_up_to_an_hour_and_never_shortens_a_wait(string code, double seconds, double expected)
    {
        var retryAfter = seconds == double.MaxValue ? TimeSpan.MaxValue : seconds == double.MinValue ? TimeSpan.MinValue : TimeSpan.FromSeconds(seconds);

        Assert.Equal(TimeSpan.FromSeconds(expected), AfterOf(new LookOutcome.Failed(new DingTalkError(code, "", 403, null, retryAfter)), Fresh));
    }

    [Theory]
    [InlineData("systemError", 500)]
    [InlineData("unknownError", 500)]
    [InlineData("client.noCode", 503)]
    [InlineData("service.timeout", 504)]
    [InlineData("client.timeout", null)]
    [InlineData("client.connectionFailure", null)]
    [InlineData("client.unreadableBody", 200)]
    [InlineData("client.bodyTooLarge", null)]
    [InlineData("somethingNew", 400)]
    public void Faults_climb_the_fault_ladder_and_end_in_the_poison_queue(string code, int? status)
    {
        var outcome = Failed(code, status);
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var lineage = Fresh with { Checks = 3, Throttles = 2 };
            foreach (var (rung, seconds) in new[] { 10, 60, 300, 900, 3600 }.Index())
            {
                var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, trigger, lineage, Now.AddMinutes(rung)));

                Assert.Equal((TimeSpan.FromSeconds(seconds), trigger), (again.After, again.Trigger));
                Assert.Equal(lineage with { Step = rung + 1, Faults = rung + 1, Throttles = 0, FirstFailureAt = Now }, again.Lineage);
                lineage = again.Lineage;
            }

            var poison = Assert.IsType<RecoveryAction.Poison>(Decide(outcome, trigger, lineage, Now.AddHours(2)));

            Assert.Equal(("retriesSpent", Failure.Of(outcome.Error)), (poison.Reason, poison.Failure));
            Assert.Equal(lineage with { Faults = 6 }, poison.Lineage);
            Assert.Equal(Now, poison.Lineage.FirstFailureAt);
        }
    }

    [Fact]
    public void A_store_that_fails_climbs_the_fault_ladder_too()
    {
        var outcome = new LookOutcome.NotStored(Failure.OfStore("unreachable", "Blob Storage cannot be reached."));

        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Trigger.Recheck, Fresh with { Faults = 1 }));
        var poison = Assert.IsType<RecoveryAction.Poison>(Decide(outcome, Trigger.Recheck, Fresh with { Faults = 5 }));

        Assert.Equal((TimeSpan.FromMinutes(1), Trigger.Recheck), (again.After, again.Trigger));
        Assert.Equal(("retriesSpent", "manifestStore.unreachable"), (poison.Reason, poison.Failure!.Code));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(120, 120)]
    [InlineData(7200, 3600)]
    public void Who_fails_and_says_when_to_come_again_is_not_asked_before(double seconds, double expected)
        => Assert.Equal(
            TimeSpan.FromSeconds(expected),
            AfterOf(new LookOutcome.Failed(new DingTalkError("client.noCode", "", 503, null, TimeSpan.FromSeconds(seconds))), Fresh));

    [Fact]
    public void The_months_quota_used_up_is_poison_at_once()
    {
        var poison = Assert.IsType<RecoveryAction.Poison>(Decide(Failed("Forbidden.AccessDenied.ApiCountLimitForOrg", 403), Trigger.MeetingEnded, Fresh));

        Assert.Equal(("quotaExhausted", Now), (poison.Reason, poison.Lineage.FirstFailureAt));
        Assert.Equal("Forbidden.AccessDenied.ApiCountLimitForOrg", poison.Failure!.Code);
    }

    [Theory]
    [InlineData("orgAccessForbidden", 400)]
    [InlineData("permissionError", 404)]
    [InlineData("unknownUserError", 400)]
    [InlineData("paramsError", 400)]
    [InlineData("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403)]
    [InlineData("Forbidden.AccessDenied.IpNotInWhiteList", 403)]
    [InlineData("invalidClientIdOrSecret", 400)]
    [InlineData("InvalidAuthentication", 400)]
    [InlineData("client.noUnionId", null)]
    [InlineData("errcode:404", 200)]
    public void What_will_never_work_is_dead_lettered_at_once_with_its_code_and_what_to_fix(string code, int? status)
    {
        foreach (var trigger in Enum.GetValues<Trigger>())
        {
            var outcome = Failed(code, status);
            var dead = Assert.IsType<RecoveryAction.DeadLetter>(Decide(outcome, trigger, Fresh));

            Assert.Equal((code, ErrorTable.WhatToFix(code), Failure.Of(outcome.Error)), (dead.Reason, dead.Description, dead.Failure));
        }
    }

    public static TheoryData<string?> Waits => new((string?)null, "cloudRecordNotFound", "resourceClose", "waterLimitError", "systemError", "client.ipBan");

    [Theory]
    [MemberData(nameof(Waits))]
    public void A_lineage_of_seven_days_ends_in_the_poison_queue_whatever_it_waits_for(string? code)
    {
        LookOutcome outcome = code switch
        {
            null => new LookOutcome.NotReady(),
            "cloudRecordNotFound" => new LookOutcome.NotReady(Failed(code, 400).Error),
            _ => Failed(code, 400),
        };
        var young = Fresh with { FirstEnqueuedAt = Now - TimeSpan.FromDays(7) + TimeSpan.FromTicks(1) };
        var old = Fresh with { FirstEnqueuedAt = Now - TimeSpan.FromDays(7) };

        Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Trigger.MeetingEnded, young));
        var poison = Assert.IsType<RecoveryAction.Poison>(Decide(outcome, Trigger.MeetingEnded, old));

        Assert.Equal("maxAgeExceeded", poison.Reason);
        Assert.Equal(code, poison.Failure?.Code);
        Assert.Equal(old, poison.Lineage);
    }

    [Fact]
    public void An_old_lineage_may_still_end_well()
    {
        var old = Fresh with { FirstEnqueuedAt = Now - TimeSpan.FromDays(30) };

        Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.Recorded(MayGrow: true), Trigger.MeetingEnded, old));
        Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.Recorded(MayGrow: true), Trigger.Recheck, old));
        Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.NotRecorded(), Trigger.MeetingEnded, old));
        Assert.IsType<RecoveryAction.DeadLetter>(Decide(Failed("permissionError", 404), Trigger.MeetingEnded, old));
    }

    [Fact]
    public void No_wait_reaches_beyond_the_maximum_age()
    {
        var sixDays = Fresh with { FirstEnqueuedAt = Now - TimeSpan.FromDays(6.5), Checks = 4 };
        var options = Options with { ReadinessLadder = [TimeSpan.FromDays(24)], FaultLadder = [TimeSpan.FromDays(30)], ConfirmAfter = TimeSpan.FromDays(30) };

        Assert.Equal(TimeSpan.FromDays(0.5), AfterOf(new LookOutcome.NotReady(), sixDays));
        foreach (LookOutcome outcome in new LookOutcome[] { new LookOutcome.NotReady(), Failed("systemError", 500), new LookOutcome.Recorded(MayGrow: true) })
        {
            var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Trigger.MeetingEnded, Fresh, options: options));
            var fromTheFuture = Assert.IsType<RecoveryAction.LookAgain>(
                Decide(outcome, Trigger.MeetingEnded, Fresh with { FirstEnqueuedAt = Now.AddDays(400) }, options: options));

            Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(7)), (again.After, fromTheFuture.After));
        }
    }

    [Fact]
    public void Ladders_without_rungs_end_at_once()
    {
        var options = Options with { ReadinessLadder = [], FaultLadder = [] };

        Assert.True(new RecoveryPolicy(options).IsLastLook(Fresh));
        Assert.IsType<RecoveryAction.Poison>(Decide(Failed("systemError", 500), Trigger.MeetingEnded, Fresh, options: options));
        Assert.IsType<RecoveryAction.DeadLetter>(Decide(Failed("resourceClose", 400), Trigger.MeetingEnded, Fresh, options: options));
    }

    [Theory]
    [InlineData("permissionError", 403)]
    [InlineData("Forbidden.AccessDenied.ApiCountLimitForOrg", 403)]
    public void A_message_that_was_delivered_before_leaves_its_failure_to_its_next_look_for_it_may_have_sent_one(string code, int status)
    {
        var worn = Fresh with { Step = 5, Checks = 3, Faults = 2, Throttles = 4, FirstFailureAt = Now, RefusedUnionIds = ["u1"] };

        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(Failed(code, status), Trigger.Replay, worn, isRedelivery: true));

        Assert.Equal((TimeSpan.Zero, Trigger.Replay), (again.After, again.Trigger));
        Assert.Equal(worn with { Step = 6, TookOver = true, RefusedUnionIds = [] }, again.Lineage);
    }

    [Fact]
    public void A_next_look_that_took_over_fails_even_where_it_is_delivered_again_so_that_there_is_an_end()
    {
        Assert.IsType<RecoveryAction.DeadLetter>(
            Decide(Failed("permissionError", 403), Trigger.MeetingEnded, Fresh with { TookOver = true }, isRedelivery: true));
        Assert.False(((RecoveryAction.LookAgain)Decide(Failed("systemError", 500), Trigger.MeetingEnded, Fresh with { TookOver = true })).Lineage.TookOver);
    }

    [Fact]
    public void What_is_found_at_a_second_delivery_is_an_end_at_once()
        => Assert.IsType<RecoveryAction.Finish>(Decide(new LookOutcome.NotRecorded(), Trigger.MeetingEnded, Fresh, isRedelivery: true));

    [Fact]
    public void A_null_outcome_is_a_mistake_of_the_callers()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Decide(null!, Trigger.MeetingEnded, Fresh));

    private static TimeSpan AfterOf(LookOutcome outcome, Lineage lineage)
        => Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Trigger.MeetingEnded, lineage)).After;

    private static LookOutcome.Failed Failed(string code, int? status) => new(new DingTalkError(code, "message", status, "r1"));

    private static RecoveryAction Decide(
        LookOutcome outcome, Trigger trigger, Lineage lineage, DateTimeOffset? now = null, RecoveryOptions? options = null, bool isRedelivery = false)
        => new RecoveryPolicy(options ?? Options).Decide(
            outcome, new LookContext(trigger, lineage, now ?? Now, Jitter: 0) { IsRedelivery = isRedelivery });
}
