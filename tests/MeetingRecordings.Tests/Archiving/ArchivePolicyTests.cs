using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Archiving;

public sealed class ArchivePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly Failure SomeFailure = new("source.http403", "The source refuses the file with HTTP 403.");
    private static readonly Lineage Fresh = new("conf-1:archive:m", Now);

    private readonly ArchivePolicy _policy = new(new RecoveryPolicy(new RecoveryOptions()));

    public static TheoryData<SliceOutcome> Ends =>
        [new SliceOutcome.Archived(1), new SliceOutcome.Settled(), new SliceOutcome.Skipped(SkipReasons.TooShort), new SliceOutcome.Gone()];

    public static TheoryData<SliceOutcome> Passing =>
        [new SliceOutcome.Refused(SomeFailure), new SliceOutcome.Interrupted(SomeFailure), new SliceOutcome.NotStored(SomeFailure)];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Nothing_follows_from_what_is_settled(SliceOutcome outcome) => Assert.IsType<RecoveryAction.Finish>(Decide(outcome, Fresh));

    [Fact]
    public void What_is_unfinished_goes_on_at_once()
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(new SliceOutcome.Unfinished(), Fresh, newBlocks: 3));

        Assert.Equal((TimeSpan.Zero, 1), (again.After, again.Lineage.Step));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public void What_passes_has_the_waits_of_a_fault(SliceOutcome outcome)
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Fresh));

        Assert.Equal((TimeSpan.FromSeconds(10), 1), (again.After, again.Lineage.Faults));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public void New_blocks_begin_the_row_of_faults_anew(SliceOutcome outcome)
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Fresh with { Faults = 4 }, newBlocks: 1));

        Assert.Equal((TimeSpan.FromSeconds(10), 1), (again.After, again.Lineage.Faults));
    }

    [Fact]
    public void The_third_refusal_without_a_new_block_is_the_last()
    {
        Assert.IsType<RecoveryAction.LookAgain>(Decide(new SliceOutcome.Refused(SomeFailure), Fresh with { Faults = 1 }));

        var dead = Assert.IsType<RecoveryAction.DeadLetter>(Decide(new SliceOutcome.Refused(SomeFailure), Fresh with { Faults = 2 }));

        Assert.Equal((ArchiveReasons.SourceRefused, SomeFailure), (dead.Reason, dead.Failure));
    }

    [Fact]
    public void The_store_and_the_source_have_the_whole_ladder()
    {
        Assert.IsType<RecoveryAction.LookAgain>(Decide(new SliceOutcome.NotStored(SomeFailure), Fresh with { Faults = 4 }));
        var poison = Assert.IsType<RecoveryAction.Poison>(Decide(new SliceOutcome.NotStored(SomeFailure), Fresh with { Faults = 5 }));

        Assert.Equal(PoisonReasons.RetriesSpent, poison.Reason);
    }

    [Fact]
    public void What_DingTalk_does_not_have_is_asked_for_once_more_a_day_later()
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(new SliceOutcome.NotFound(), Fresh));

        Assert.Equal((TimeSpan.FromDays(1), true), (again.After, ArchivePolicy.IsLastWord(again.Lineage.Checks)));
    }

    public static TheoryData<SliceOutcome> Readings => [new SliceOutcome.Transcribed(9, Truncated: false), new SliceOutcome.Silent(KnowsNone: true)];

    [Theory]
    [MemberData(nameof(Readings))]
    public void What_was_said_is_read_twice_a_day_apart(SliceOutcome outcome)
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Fresh));

        Assert.Equal(TimeSpan.FromDays(1), again.After);
        Assert.IsType<RecoveryAction.Finish>(Decide(outcome, again.Lineage));
    }

    [Theory]
    [InlineData(ArchiveReasons.NoMp4)]
    [InlineData(ArchiveReasons.SourceNotAllowed)]
    [InlineData(ArchiveReasons.NoRange)]
    public void What_somebody_must_decide_is_dead_lettered_with_what_to_do(string reason)
    {
        var dead = Assert.IsType<RecoveryAction.DeadLetter>(Decide(new SliceOutcome.Unusable(reason, SomeFailure), Fresh));

        Assert.Equal((reason, ArchiveReasons.Advice[reason], SomeFailure), (dead.Reason, dead.Description, dead.Failure));
    }

    [Fact]
    public void A_message_that_was_delivered_before_leaves_its_failure_to_the_next()
    {
        var outcome = new SliceOutcome.Unusable(ArchiveReasons.NoMp4, SomeFailure);

        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(outcome, Fresh, isRedelivery: true));

        Assert.Equal((TimeSpan.Zero, true), (again.After, again.Lineage.TookOver));
        Assert.IsType<RecoveryAction.DeadLetter>(Decide(outcome, again.Lineage, isRedelivery: true));
    }

    [Fact]
    public void What_is_put_off_waits_and_does_not_age()
    {
        var again = Assert.IsType<RecoveryAction.LookAgain>(Decide(new SliceOutcome.Postponed(TimeSpan.FromHours(5)), Fresh));

        Assert.Equal((TimeSpan.FromHours(5), Now.AddHours(5)), (again.After, again.Lineage.FirstEnqueuedAt));
    }

    [Theory]
    [InlineData("systemError", typeof(RecoveryAction.LookAgain))]
    [InlineData("permissionError", typeof(RecoveryAction.DeadLetter))]
    [InlineData("orgAccessForbidden", typeof(RecoveryAction.DeadLetter))]
    [InlineData("Forbidden.AccessDenied.ApiCountLimitForOrg", typeof(RecoveryAction.Poison))]
    [InlineData("Forbidden.AccessDenied.QpsLimitForApi", typeof(RecoveryAction.LookAgain))]
    public void DingTalks_errors_have_what_they_have_for_a_conference(string code, Type action)
        => Assert.IsType(action, Decide(new SliceOutcome.Failed(new DingTalkError(code, "")), Fresh));

    private RecoveryAction Decide(SliceOutcome outcome, Lineage lineage, int newBlocks = 0, bool isRedelivery = false)
    {
        var slice = new Slice(new ArchiveMessage("conf-1", null, "u") { MediaId = "m", RegionId = "r" }, lineage);
        var context = new LookContext(Trigger.RecordingReady, lineage, Now, Jitter: 0) { IsRedelivery = isRedelivery };
        return _policy.Decide(new SliceResult(slice, outcome, newBlocks), context);
    }
}
