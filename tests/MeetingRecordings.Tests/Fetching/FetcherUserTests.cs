using MeetingRecordings.Fetching;

namespace MeetingRecordings.Tests.Fetching;

public sealed class FetcherUserTests : FetcherTest
{
    [Fact]
    public async Task When_DingTalk_does_not_know_the_user_those_whom_conference_info_names_are_tried_in_order()
    {
        DingTalk
            .Answer(UserPath("stranger"), 400, UnknownUser)
            .Answer(UserPath("owner"), 400, UnknownUser)
            .Answer(UserPath("creator"), 200, OneVideo)
            .Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message with { UnionId = "stranger" });

        Assert.Equal("creator", result.Message.UnionId);
        Assert.Equal(["stranger", "owner"], Assert.IsType<RecoveryAction.LookAgain>(result.Action).Lineage.RefusedUnionIds);
        AssertCalls("getVideos stranger", "info", "getVideos owner", "getVideos creator");
    }

    [Fact]
    public async Task When_DingTalk_has_refused_everybody_each_once_the_message_is_dead_lettered()
    {
        DingTalk.Answer(VideosPath, 400, UnknownUser).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message);

        var dead = Assert.IsType<RecoveryAction.DeadLetter>(result.Action);
        Assert.Equal(("unknownUserError", "r-unknown"), (dead.Reason, dead.Failure.RequestId));
        AssertCalls("getVideos creator", "info", "getVideos owner");
    }

    [Fact]
    public async Task Who_was_refused_and_who_was_not_is_remembered_for_the_next_look()
    {
        DingTalk
            .Answer(UserPath("stranger"), 400, UnknownUser)
            .Answer(UserPath("owner"), 400, """{"code":"systemError"}""")
            .Answer(UserPath("owner"), 200, OneVideo)
            .Answer(ConferencePath, 200, RecordedInfo);

        var first = await FetchAsync(Message with { UnionId = "stranger" });
        var lineage = Assert.IsType<RecoveryAction.LookAgain>(first.Action).Lineage;
        var second = await FetchAsync(first.Message, lineage);

        Assert.Equal(("owner", 1), (first.Message.UnionId, lineage.Faults));
        Assert.IsType<LookOutcome.Recorded>(second.Outcome);
        AssertCalls("getVideos stranger", "info", "getVideos owner", "getVideos owner");
    }

    [Theory]
    [InlineData(500, """{"code":"systemError"}""")]
    [InlineData(504, "")]
    [InlineData(403, """{"code":"Forbidden.AccessDenied.QpsLimitForApi"}""")]
    [InlineData(403, """{"code":"Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"}""")]
    [InlineData(200, """{"status":1111}""")]
    [InlineData(400, "<html>tengine</html>")]
    [InlineData(400, """{"code":"somethingNew"}""")]
    public async Task When_the_user_is_unknown_and_conference_info_fails_for_now_the_others_are_tried_later(int status, string body)
    {
        DingTalk
            .Answer(UserPath("creator"), 400, UnknownUser)
            .Answer(UserPath("owner"), 200, OneVideo)
            .Answer(ConferencePath, status, body)
            .Answer(ConferencePath, 200, RecordedInfo);

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);
        var second = await FetchAsync(Message, again.Lineage);

        Assert.Equal(["creator"], again.Lineage.RefusedUnionIds);
        Assert.IsType<LookOutcome.Recorded>(second.Outcome);
        AssertCalls("getVideos creator", "info", "info", "getVideos owner");
    }

    [Fact]
    public async Task When_the_user_is_unknown_and_the_months_quota_is_used_up_the_message_is_poison()
    {
        DingTalk.Answer(VideosPath, 400, UnknownUser).Answer(ConferencePath, 403, """{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg"}""");

        Assert.Equal("quotaExhausted", Assert.IsType<RecoveryAction.Poison>((await FetchAsync(Message)).Action).Reason);
    }

    [Theory]
    [InlineData("""{"code":"roomNotFound"}""")]
    [InlineData("""{"code":"noPermission"}""")]
    public async Task When_the_user_is_unknown_and_conference_info_is_refused_the_user_is_the_reason(string body)
    {
        DingTalk.Answer(VideosPath, 400, UnknownUser).Answer(ConferencePath, 404, body);

        Assert.Equal("unknownUserError", Assert.IsType<RecoveryAction.DeadLetter>((await FetchAsync(Message)).Action).Reason);
    }

    [Fact]
    public async Task When_everybody_known_was_refused_by_earlier_looks_nobody_is_asked_again()
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { RefusedUnionIds = ["creator", "owner"] });

        Assert.Equal("unknownUserError", Assert.IsType<RecoveryAction.DeadLetter>(result.Action).Reason);
        Assert.Equal("DingTalk has refused every known user.", Assert.IsType<LookOutcome.Failed>(result.Outcome).Error.Message);
        AssertCalls("info");
    }

    [Fact]
    public async Task When_the_notification_names_no_user_conference_info_does_and_is_asked_once_for_all()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message with { UnionId = null });

        Assert.Equal("owner", result.Message.UnionId);
        Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        AssertCalls("info", "getVideos owner");
    }

    [Fact]
    public async Task When_nobody_names_a_user_the_message_is_dead_lettered_with_what_to_send()
    {
        DingTalk.Answer(ConferencePath, 200, """{"confInfo":{"cloudRecordStatus":3}}""");

        var dead = Assert.IsType<RecoveryAction.DeadLetter>((await FetchAsync(Message with { UnionId = null })).Action);

        Assert.Equal("client.noUnionId", dead.Reason);
        Assert.Contains("unionId", dead.Description, StringComparison.Ordinal);
        Assert.Equal("Neither the notification nor conference info names a user.", dead.Failure.Message);
    }

    [Theory]
    [InlineData(404, "roomNotFound", typeof(RecoveryAction.DeadLetter))]
    [InlineData(500, "systemError", typeof(RecoveryAction.LookAgain))]
    public async Task When_the_notification_names_no_user_and_conference_info_fails_its_error_decides(int status, string code, Type action)
    {
        DingTalk.Answer(ConferencePath, status, $$"""{"code":"{{code}}"}""");

        var result = await FetchAsync(Message with { UnionId = null });

        Assert.Equal(code, Assert.IsType<LookOutcome.Failed>(result.Outcome).Error.Code);
        Assert.IsType(action, result.Action);
    }
}
