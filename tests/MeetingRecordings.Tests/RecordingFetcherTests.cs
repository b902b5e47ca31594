using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MeetingRecordings.Manifests;
using MeetingRecordings.Recovery;
using MeetingRecordings.Tests.DingTalk;
using MeetingRecordings.Tests.Telemetry;

namespace MeetingRecordings.Tests;

public sealed class RecordingFetcherTests : DingTalkTest
{
    private const string OneVideo = """{"videoList":[{"mediaId":"m1","recordId":"r1","startTime":1631172094000}]}""";
    private const string NotFound = """{"code":"cloudRecordNotFound%!(EXTRA string=50513)","message":"cloudRecordNotFound"}""";
    private const string UnknownUser = """{"code":"unknownUserError","message":"unknownUserError","requestid":"r-unknown"}""";
    private const string RecordedInfo = """{"confInfo":{"cloudRecordStatus":3,"cloudRecordOwnerUnionId":"owner","creatorId":"creator"}}""";
    private const string NeverRecordedInfo = """{"confInfo":{"cloudRecordStatus":0,"creatorId":"creator"}}""";

    private static readonly ConferenceMessage Message = new("conf-1", "creator", "ding1", Now.AddMinutes(-1), Trigger.MeetingEnded);
    private readonly ManifestStoreInMemory _store = new();
    private readonly RecoveryOptions _options = new();

    private static Lineage Fresh => new Lineage("conf-1:ended", Now) { EndedAtSource = EndedAtSource.Event }.ContinueFrom(7);

    [Fact]
    public async Task When_there_are_videos_the_manifest_holds_them_and_a_second_look_follows()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo, ("x-acs-request-id", "req-1"));

        var result = await FetchAsync(Message);

        Assert.IsType<FetchOutcome.Recorded>(result.Outcome);
        Assert.Equal(Message, result.Message);
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal((TimeSpan.FromMinutes(30), Trigger.Recheck, "conf-1:ended:7/1"), (again.After, again.Trigger, again.Lineage.MessageId));
        var manifest = _store.Find("conf-1")!;
        Assert.Equal((ManifestStatus.Recorded, "ding1", Message.EndedAt), (manifest.Status, manifest.CorpId, manifest.EndedAt));
        Assert.Equal(EndedAtSource.Event, _store.Merged!.EndedAtSource);
        Assert.Equal("m1", Assert.Single(manifest.Videos).MediaId);
        Assert.Equal("req-1", _store.RequestId);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task The_time_from_the_end_to_the_first_manifest_is_measured_once()
    {
        // So odd that no other test measures the same.
        var sinceEnd = TimeSpan.FromSeconds(12_345.5);
        var measured = new ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "meeting_recordings.end_to_end")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => measured.Enqueue(value));
        listener.Start();
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m2"}]}""");

        await FetchAsync(Message with { EndedAt = Now - sinceEnd });
        Assert.Single(measured, value => value == sinceEnd.TotalSeconds);

        await FetchAsync(Message with { EndedAt = Now - sinceEnd, Trigger = Trigger.Recheck });
        Assert.Single(measured, value => value == sinceEnd.TotalSeconds);
    }

    [Theory]
    [InlineData(Trigger.Recheck)]
    [InlineData(Trigger.RecordingReady)]
    public async Task When_videos_are_seen_the_second_time_or_were_announced_it_is_the_end(Trigger trigger)
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Message with { Trigger = trigger })).Action);
        Assert.NotNull(_store.Find("conf-1"));
        AssertCalls("getVideos creator");
    }

    [Theory]
    [InlineData(400, NotFound)]
    [InlineData(404, """{"code":"CLOUDRECORDNOTFOUND"}""")]
    [InlineData(200, """{"videoList":[]}""")]
    [InlineData(200, "{}")]
    [InlineData(400, """{"code":"resourceClose","message":"The meeting has ended"}""")]
    public async Task When_there_is_no_video_yet_conference_info_is_asked_once_and_the_ladder_climbed(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, RecordedInfo);

        var first = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);
        var second = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, first.Lineage)).Action);

        Assert.Equal((TimeSpan.FromMinutes(2), Trigger.MeetingEnded, 1), (first.After, first.Trigger, first.Lineage.Checks));
        Assert.Equal((TimeSpan.FromMinutes(5), Trigger.MeetingEnded, 2), (second.After, second.Trigger, second.Lineage.Checks));
        Assert.True(second.Lineage.RecordingConfirmed);
        Assert.Equal(0, _store.Writes);
        AssertCalls("getVideos creator", "info", "getVideos creator");
    }

    [Theory]
    [InlineData(400, NotFound)]
    [InlineData(200, "{}")]
    [InlineData(400, """{"code":"resourceClose","message":"The meeting has ended"}""")]
    public async Task When_conference_info_says_never_recorded_that_is_written_down_at_once(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);

        var result = await FetchAsync(Message);

        Assert.IsType<FetchOutcome.NeverRecorded>(result.Outcome);
        Assert.IsType<RecoveryAction.FinishNotRecorded>(result.Action);
        var manifest = _store.Find("conf-1")!;
        Assert.Equal((ManifestStatus.NotRecorded, "ding1", Message.EndedAt), (manifest.Status, manifest.CorpId, manifest.EndedAt));
        Assert.Empty(manifest.Videos);
        AssertCalls("getVideos creator", "info");
    }

    [Theory]
    [InlineData(500, """{"code":"systemError"}""")]
    [InlineData(404, """{"code":"roomNotFound"}""")]
    [InlineData(200, """{"confInfo":{"creatorId":"creator"}}""")]
    [InlineData(200, "{}")]
    public async Task When_conference_info_does_not_say_the_ladder_is_climbed_all_the_same(int status, string body)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, status, body);

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);

        Assert.Equal((TimeSpan.FromMinutes(2), false), (again.After, again.Lineage.RecordingConfirmed));
    }

    [Theory]
    [InlineData(404, """{"code":"roomNotFound"}""")]
    [InlineData(200, """{"confInfo":{"creatorId":"creator","cloudRecordStatus":7}}""")]
    [InlineData(200, "{}")]
    public async Task Conference_info_that_does_not_say_is_asked_once_and_once_more_at_the_last_look(int status, string body)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, status, body);

        var lineage = Fresh;
        for (var look = 0; look < _options.ReadinessLadder.Count; look++)
        {
            lineage = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, lineage)).Action).Lineage;
        }

        Assert.Equal(1, DingTalk.Calls.Count(static call => call == ConferencePath));
        Assert.IsType<RecoveryAction.FinishNotRecorded>((await FetchAsync(Message, lineage)).Action);
        Assert.Equal(2, DingTalk.Calls.Count(static call => call == ConferencePath));
        Assert.Equal(ManifestStatus.NotRecorded, _store.Find("conf-1")!.Status);
    }

    [Fact]
    public async Task Conference_info_that_fails_for_now_is_asked_again_and_at_the_last_look_it_is_a_fault_rather_than_the_last_word()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 500, """{"code":"systemError"}""");

        var first = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message)).Action);
        var last = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message, first.Lineage with { Checks = 9 })).Action);

        Assert.Equal((1, false), (first.Lineage.Checks, first.Lineage.InfoAsked));
        Assert.Equal((9, 1), (last.Lineage.Checks, last.Lineage.Faults));
        Assert.Equal(0, _store.Writes);
        AssertCalls("getVideos creator", "info", "getVideos creator", "info");
    }

    [Fact]
    public async Task What_conference_info_says_when_a_user_is_sought_needs_no_second_question()
    {
        DingTalk
            .Answer(VideosPath, 500, """{"code":"systemError"}""")
            .Answer(VideosPath, 400, NotFound)
            .Answer(ConferencePath, 200, RecordedInfo);

        var first = await FetchAsync(Message with { UnionId = null });
        var lineage = Assert.IsType<RecoveryAction.LookAgain>(first.Action).Lineage;
        var second = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(first.Message, lineage)).Action);

        Assert.True(second.Lineage.RecordingConfirmed);
        AssertCalls("info", "getVideos owner", "getVideos owner");
    }

    [Fact]
    public async Task When_a_recording_that_conference_info_told_of_is_never_listed_that_is_written_down_and_the_contradiction_told()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { Checks = 9 });

        Assert.Equal(new RecoveryAction.FinishNotRecorded(Contradicted: true), result.Action);
        Assert.Equal(ManifestStatus.NotRecorded, _store.Find("conf-1")!.Status);
    }

    [Fact]
    public async Task What_conference_info_says_of_no_recording_when_a_user_is_sought_is_the_end()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, NeverRecordedInfo);

        Assert.IsType<RecoveryAction.FinishNotRecorded>((await FetchAsync(Message with { UnionId = null })).Action);
        AssertCalls("info", "getVideos creator");
    }

    [Fact]
    public async Task Before_a_recording_is_missing_the_others_whom_conference_info_names_are_asked()
    {
        DingTalk
            .Answer(UserPath("somebody"), 400, NotFound)
            .Answer(UserPath("owner"), 500, """{"code":"systemError"}""")
            .Answer(UserPath("creator"), 200, OneVideo)
            .Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message with { UnionId = "somebody" }, Fresh with { Checks = 9, RecordingConfirmed = true });

        Assert.IsType<FetchOutcome.Recorded>(result.Outcome);
        Assert.Equal("creator", result.Message.UnionId);
        Assert.Single(_store.Find("conf-1")!.Videos);
        AssertCalls("getVideos somebody", "info", "getVideos owner", "getVideos creator");
    }

    [Fact]
    public async Task Before_a_recording_is_missing_nobody_is_asked_again_who_was_refused_or_asked()
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { Checks = 9, RecordingAnnounced = true, RefusedUnionIds = ["owner"] });

        Assert.Equal("recordingMissing", Assert.IsType<RecoveryAction.Poison>(result.Action).Reason);
        Assert.Equal("creator", result.Message.UnionId);
        AssertCalls("getVideos creator", "info");
    }

    [Fact]
    public async Task When_a_recording_that_an_event_told_of_is_never_listed_it_is_missing_whatever_conference_info_says()
    {
        DingTalk.Answer(VideosPath, 400, """{"code":"cloudRecordNotFound","requestid":"r-missing"}""").Answer(ConferencePath, 200, NeverRecordedInfo);

        var result = await FetchAsync(Message with { UnionId = null, Trigger = Trigger.RecordingReady }, Fresh with { Checks = 9 });

        var poison = Assert.IsType<RecoveryAction.Poison>(result.Action);
        Assert.Equal(("recordingMissing", "r-missing", true), (poison.Reason, poison.Error!.RequestId, poison.Lineage.RecordingAnnounced));
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task When_a_recording_is_no_longer_listed_that_the_manifest_holds_it_is_not_missing()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, RecordedInfo);
        await FetchAsync(Message);

        var result = await FetchAsync(Message with { Trigger = Trigger.Replay }, Fresh with { Checks = 9 });

        Assert.IsType<FetchOutcome.RecordedBefore>(result.Outcome);
        Assert.IsType<RecoveryAction.Finish>(result.Action);
        Assert.Single(_store.Find("conf-1")!.Videos);
    }

    [Fact]
    public async Task When_the_store_cannot_say_whether_a_recording_is_missing_it_is_a_fault()
    {
        DingTalk.Answer(VideosPath, 400, NotFound);
        _store.Failure = new ManifestStoreException("unreadable", "The stored manifest is another conference's.", new InvalidDataException());

        var result = await FetchAsync(Message, Fresh with { Checks = 9, RecordingConfirmed = true });

        Assert.Equal("manifestStore.unreadable", Assert.IsType<FetchOutcome.Failed>(result.Outcome).Error.Code);
        Assert.IsType<RecoveryAction.LookAgain>(result.Action);
    }

    [Fact]
    public async Task When_DingTalk_answers_slowly_the_look_is_over_within_half_a_message_lock_and_what_it_learned_is_kept()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath);
        Slowly(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-1","expireIn":7200}""");
        Slowly(UserPath("stranger"), 400, UnknownUser);
        Slowly(ConferencePath, 200, RecordedInfo);
        Slowly(UserPath("owner"), 400, UnknownUser);
        Slowly(UserPath("creator"), 200, OneVideo);

        var result = await FetchAsync(Message with { UnionId = "stranger" });

        var error = Assert.IsType<FetchOutcome.Failed>(result.Outcome).Error;
        Assert.Equal(("client.timeout", "No whole answer within 2 s."), (error.Code, error.Message));
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal(["stranger", "owner"], again.Lineage.RefusedUnionIds);
        Assert.True(again.Lineage.RecordingConfirmed);
        AssertCalls("getVideos stranger", "info", "getVideos owner", "getVideos creator");
    }

    [Fact]
    public async Task When_DingTalk_hangs_the_look_is_over_within_half_a_message_lock_with_all_its_tries()
    {
        Options = Options with { QuickRetries = 9, QuickRetryDelay = TimeSpan.Zero, CallTimeout = TimeSpan.FromSeconds(6) };
        DingTalk.Gate = new TaskCompletionSource().Task;

        var look = FetchAsync(Message);
        while (!look.IsCompleted)
        {
            // Either the next try has come, or the look is over.
            await Task.WhenAny(DingTalk.Arrivals.WaitAsync(Cancellation), look);
            Clock.Advance(look.IsCompleted ? TimeSpan.Zero : Options.CallTimeout);
        }

        Assert.Equal("client.timeout", Assert.IsType<FetchOutcome.Failed>((await look).Outcome).Error.Code);
        Assert.Equal(TimeSpan.FromSeconds(30), Clock.GetUtcNow() - Now);
    }

    [Theory]
    [InlineData(200, OneVideo)]
    [InlineData(400, NotFound)]
    public async Task When_the_store_hangs_the_look_is_over_before_a_message_lock_is(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);
        _store.Hangs = true;

        var look = FetchAsync(Message);
        await _store.Asked.WaitAsync(Cancellation);
        Clock.Advance(RecordingFetcher.LongestStoring);

        var error = Assert.IsType<FetchOutcome.Failed>((await look).Outcome).Error;
        Assert.Equal(("manifestStore.timeout", "Blob Storage has not answered within 20 s."), (error.Code, error.Message));
        Assert.True(RecordingFetcher.LongestAsking + RecordingFetcher.LongestStoring < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task When_a_later_run_finds_nothing_the_manifest_keeps_its_videos()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, NeverRecordedInfo);
        await FetchAsync(Message);

        Assert.IsType<RecoveryAction.FinishNotRecorded>((await FetchAsync(Message)).Action);
        Assert.Equal(ManifestStatus.Recorded, _store.Find("conf-1")!.Status);
        Assert.Single(_store.Find("conf-1")!.Videos);
    }

    [Fact]
    public async Task When_the_second_look_finds_more_the_manifest_holds_both()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m2","recordId":"r1"}]}""");
        await FetchAsync(Message);
        await FetchAsync(Message with { Trigger = Trigger.Recheck });

        Assert.Equal(["m2", "m1"], _store.Find("conf-1")!.Videos.Select(static v => v.MediaId));
    }

    [Fact]
    public async Task When_the_second_look_finds_nothing_nobody_is_asked_and_nothing_written()
    {
        DingTalk.Answer(VideosPath, 400, NotFound);

        Assert.IsType<RecoveryAction.Finish>((await FetchAsync(Message with { Trigger = Trigger.Recheck })).Action);
        Assert.Equal(0, _store.Writes);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task When_a_recording_was_announced_and_is_not_there_yet_nobody_is_asked_whether_there_is_one()
    {
        DingTalk.Answer(VideosPath, 400, NotFound);

        var again = Assert.IsType<RecoveryAction.LookAgain>((await FetchAsync(Message with { Trigger = Trigger.RecordingReady })).Action);

        Assert.Equal((TimeSpan.FromMinutes(2), Trigger.RecordingReady), (again.After, again.Trigger));
        AssertCalls("getVideos creator");
    }

    [Theory]
    [InlineData(200, OneVideo)]
    [InlineData(400, NotFound)]
    public async Task When_the_manifest_cannot_be_stored_it_is_a_fault(int status, string body)
    {
        DingTalk.Answer(VideosPath, status, body).Answer(ConferencePath, 200, NeverRecordedInfo);
        _store.Failure = new ManifestStoreException("unreachable", "Blob Storage cannot be reached.", new IOException());

        var result = await FetchAsync(Message);
        var last = await FetchAsync(Message, Fresh with { Faults = 5 });

        var error = Assert.IsType<FetchOutcome.Failed>(result.Outcome).Error;
        Assert.Equal(("manifestStore.unreachable", "Blob Storage cannot be reached."), (error.Code, error.Message));
        var again = Assert.IsType<RecoveryAction.LookAgain>(result.Action);
        Assert.Equal((1, 0, Trigger.MeetingEnded), (again.Lineage.Faults, again.Lineage.Checks, again.Trigger));
        Assert.InRange(again.After, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));
        Assert.Equal("retriesSpent", Assert.IsType<RecoveryAction.Poison>(last.Action).Reason);
    }

    [Fact]
    public async Task The_span_of_a_write_tells_what_became_of_the_manifest()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);
        using var seen = new SeenTelemetry();

        await FetchAsync(Message);
        await FetchAsync(Message with { Trigger = Trigger.Recheck });

        Assert.Equal(
            [("write manifest", "Created", ActivityStatusCode.Unset), ("write manifest", "Updated", ActivityStatusCode.Unset)],
            StoreSpans(seen).Select(static span => (span.OperationName, span.GetTagItem("manifest.write"), span.Status)));
    }

    [Fact]
    public async Task The_span_of_a_store_that_fails_holds_its_code()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo).Answer(VideosPath, 400, NotFound);
        _store.Failure = new ManifestStoreException("unreachable", "Blob Storage cannot be reached.", new IOException());
        using var seen = new SeenTelemetry();

        await FetchAsync(Message);
        await FetchAsync(Message, Fresh with { Checks = 9, RecordingConfirmed = true });

        Assert.Equal(
            [("write manifest", ActivityStatusCode.Error, "unreachable"), ("read manifest", ActivityStatusCode.Error, "unreachable")],
            StoreSpans(seen).Select(static span => (span.OperationName, span.Status, span.StatusDescription)));
    }

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
        Assert.Equal(("unknownUserError", "r-unknown"), (dead.Reason, dead.Error.RequestId));
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
        Assert.IsType<FetchOutcome.Recorded>(second.Outcome);
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
        Assert.IsType<FetchOutcome.Recorded>(second.Outcome);
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
        Assert.Equal("DingTalk has refused every known user.", Assert.IsType<FetchOutcome.Failed>(result.Outcome).Error.Message);
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
        Assert.Equal("Neither the notification nor conference info names a user.", dead.Error.Message);
    }

    [Theory]
    [InlineData(404, "roomNotFound", typeof(RecoveryAction.DeadLetter))]
    [InlineData(500, "systemError", typeof(RecoveryAction.LookAgain))]
    public async Task When_the_notification_names_no_user_and_conference_info_fails_its_error_decides(int status, string code, Type action)
    {
        DingTalk.Answer(ConferencePath, status, $$"""{"code":"{{code}}"}""");

        var result = await FetchAsync(Message with { UnionId = null });

        Assert.Equal(code, Assert.IsType<FetchOutcome.Failed>(result.Outcome).Error.Code);
        Assert.IsType(action, result.Action);
    }

    [Theory]
    [InlineData(404, "permissionError", typeof(RecoveryAction.DeadLetter))]
    [InlineData(500, "systemError", typeof(RecoveryAction.LookAgain))]
    [InlineData(404, "waterLimitError", typeof(RecoveryAction.LookAgain))]
    [InlineData(403, "Forbidden.AccessDenied.ApiCountLimitForOrg", typeof(RecoveryAction.Poison))]
    public async Task When_DingTalk_says_no_the_policy_decides_and_nobody_else_is_asked(int status, string code, Type action)
    {
        DingTalk.Answer(VideosPath, status, $$"""{"code":"{{code}}"}""");

        Assert.IsType(action, (await FetchAsync(Message)).Action);
        Assert.Equal(0, _store.Writes);
        AssertCalls("getVideos creator");
    }

    [Fact]
    public async Task When_no_end_is_known_its_source_is_not_known_either()
    {
        DingTalk.Answer(VideosPath, 200, OneVideo);

        await FetchAsync(Message with { EndedAt = null, CorpId = null });

        Assert.Null(_store.Find("conf-1")!.EndedAt);
        Assert.Null(_store.Find("conf-1")!.CorpId);
    }

    [Fact]
    public async Task When_the_host_stops_nothing_is_decided()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        DingTalk.Answer(VideosPath, 200, OneVideo);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(Message, cancellationToken: stopping.Token));
        Assert.Equal(0, _store.Writes);
    }

    private static IEnumerable<Activity> StoreSpans(SeenTelemetry seen)
        => seen.Spans.Where(static span => span.OperationName.EndsWith(" manifest", StringComparison.Ordinal));

    private void Slowly(string path, int status, string body) => DingTalk.Answer(path, _ =>
    {
        Clock.Advance(TimeSpan.FromSeconds(7));
        return new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body) };
    });

    private static string UserPath(string unionId) => $"{VideosPath}?unionId={unionId}";

    private void AssertCalls(params string[] expected)
        => Assert.Equal(expected, DingTalk.Calls.Select(static call => call == ConferencePath ? "info" : call.Replace($"{VideosPath}?unionId=", "getVideos ", StringComparison.Ordinal)));

    private Task<FetchResult> FetchAsync(ConferenceMessage message, Lineage? lineage = null, CancellationToken? cancellationToken = null)
        => new RecordingFetcher(CreateClient(), _store, _options, Clock, new Random(1))
            .FetchAsync(message, lineage ?? Fresh, cancellationToken ?? Cancellation);
}
