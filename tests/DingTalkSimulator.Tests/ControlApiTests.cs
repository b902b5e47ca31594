using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DingTalkSimulator.Api;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;

namespace DingTalkSimulator.Tests;

/// <summary>What a chaos run drives from another process.</summary>
public sealed class ControlApiTests : SimulatorTest
{
    [Fact]
    public async Task An_empty_request_makes_one_recorded_meeting_with_two_videos()
    {
        var (status, body) = await PostAsync("meetings", "{}");

        Assert.Equal(201, status);
        var conference = Tenant.Find(Assert.Single(IdsOf(body)))!;
        Assert.Equal((RecordStatus.Ended, 2), (conference.RecordStatus, conference.Videos.Count));
        Assert.Empty(Server.Ledger.Pushes);
    }

    [Fact]
    public async Task Meetings_are_made_as_told_with_a_script_each()
    {
        var (_, body) = await PostAsync(
            "meetings",
            """{"count":3,"videos":1,"recordStatus":"ended","push":false,"script":[{"code":"permissionError","times":2},{"code":"myOwn","status":418,"message":"teapot","times":2}]}""");

        var ids = IdsOf(body);
        Assert.Equal(3, ids.Length);
        foreach (var conference in ids.Select(id => Tenant.Find(id)!))
        {
            Assert.Single(conference.Videos);
            Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
            Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
            var own = await GetErrorAsync(conference);
            Assert.Equal((418, "myOwn", "teapot"), (own.Status, own.Code, own.Message));
            Assert.Single(await GetListAsync(conference));
        }
    }

    public static TheoryData<string, ScriptedAnswer> Steps => new()
    {
        { """{"kind":"usual","delayMs":5}""", new ScriptedAnswer.Usual { Delay = TimeSpan.FromMilliseconds(5) } },
        { """{"delayMs":5}""", new ScriptedAnswer.Usual { Delay = TimeSpan.FromMilliseconds(5) } },
        { """{"code":"system.busy","retryAfterSeconds":3}""", ScriptedAnswer.ApiError.Of("system.busy") with { RetryAfterSeconds = 3 } },
        { """{"code":"cloudRecordNotFound%!(EXTRA string=1)"}""", ScriptedAnswer.ApiError.Of("cloudRecordNotFound") with { Code = "cloudRecordNotFound%!(EXTRA string=1)" } },
        { """{"errcode":90018,"errmsg":"x"}""", new ScriptedAnswer.OldError(90018, "x") },
        { """{"status":503,"body":"down","contentType":"text/plain"}""", new ScriptedAnswer.Raw(503, "text/plain", "down") },
        { """{"kind":"html","status":400}""", ScriptedAnswer.Raw.Html(400) },
        { """{"kind":"truncated"}""", new ScriptedAnswer.Truncated() },
        { """{"kind":"slowBody","pauseMs":7}""", new ScriptedAnswer.SlowBody(TimeSpan.FromMilliseconds(7)) },
        { """{"kind":"brokenOff"}""", new ScriptedAnswer.BrokenOff() },
        { """{"kind":"reset"}""", new ScriptedAnswer.Reset() },
        { """{"kind":"huge","bytes":9}""", new ScriptedAnswer.Huge(9) },
        { """{"kind":"ban"}""", new ScriptedAnswer.Ban() },
        { """{"status":503}""", new ScriptedAnswer.Raw(503, "application/json", "") },
    };

    public static TheoryData<string, ScriptedAnswer> FileSteps => new()
    {
        { """{"kind":"usual"}""", new ScriptedAnswer.Usual() },
        { """{"status":403}""", new ScriptedAnswer.Raw(403, "application/json", "") },
        { """{"kind":"html","status":200}""", ScriptedAnswer.Raw.Html(200) },
        { """{"kind":"noRange"}""", new ScriptedAnswer.NoRange() },
        { """{"kind":"wrongRange"}""", new ScriptedAnswer.WrongRange() },
        { """{"kind":"newVersion"}""", new ScriptedAnswer.NewVersion() },
        { """{"kind":"expired"}""", new ScriptedAnswer.Expired() },
        { """{"kind":"redirect"}""", new ScriptedAnswer.Redirect(null) },
        { """{"kind":"redirect","location":"http://127.0.0.1/x"}""", new ScriptedAnswer.Redirect(new Uri("http://127.0.0.1/x")) },
        { """{"kind":"truncated"}""", new ScriptedAnswer.Truncated() },
        { """{"kind":"brokenOff","delayMs":4}""", new ScriptedAnswer.BrokenOff { Delay = TimeSpan.FromMilliseconds(4) } },
    };

    [Theory]
    [MemberData(nameof(FileSteps))]
    public async Task Every_kind_of_answer_of_a_file_can_be_scripted(string step, ScriptedAnswer expected)
    {
        var (status, body) = await PostAsync("meetings", $"{{\"mediaScript\":[{step}]}}");

        Assert.Equal(201, status);
        Assert.Equal(expected, Tenant.Find(IdsOf(body)[0])!.MediaScript.Peek());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Every_kind_of_answer_can_be_scripted(string step, ScriptedAnswer expected)
    {
        var (status, body) = await PostAsync("meetings", $"{{\"script\":[{step}]}}");

        Assert.Equal(201, status);
        Assert.Equal(expected, Tenant.Find(IdsOf(body)[0])!.Script.Peek());
    }

    [Theory]
    [InlineData("meetings", "", "$")]
    [InlineData("meetings", "[]", "$")]
    [InlineData("meetings", "null", "$")]
    [InlineData("meetings", """{"count":0}""", "count")]
    [InlineData("meetings", """{"count":100001}""", "count")]
    [InlineData("meetings", """{"count":"1"}""", "count")]
    [InlineData("meetings", """{"videos":-1}""", "videos")]
    [InlineData("meetings", """{"cuont":1}""", "cuont")]
    [InlineData("meetings", """{"conferenceId":"a/b"}""", "conferenceId")]
    [InlineData("meetings", """{"conferenceId":"a","count":2}""", "count")]
    [InlineData("meetings", """{"recordStatus":"maybe"}""", "recordStatus")]
    [InlineData("meetings", """{"script":[{}]}""", "script[0].kind")]
    [InlineData("meetings", """{"script":[{"kind":"what"}]}""", "script[0].kind")]
    [InlineData("meetings", """{"script":[{"code":"systemError"},{"code":"nobodyKnows"}]}""", "script[1].code")]
    [InlineData("meetings", """{"script":[{"code":"systemError","times":0}]}""", "script[0].times")]
    [InlineData("meetings", """{"script":[{"code":"systemError","status":99}]}""", "script[0].status")]
    [InlineData("meetings", """{"script":[{"kind":"raw"}]}""", "script[0].body")]
    [InlineData("meetings", """{"script":[{"kind":"usual","delayMs":-1}]}""", "script[0].delayMs")]
    [InlineData("pushes", "{}", "conferenceId")]
    [InlineData("pushes", """{"conferenceId":"x","eventType":"nothing"}""", "eventType")]
    [InlineData("pushes", """{"conferenceId":"x","changeScene":"nothing"}""", "changeScene")]
    [InlineData("pushes", """{"conferenceId":"x","eventType":"flash_minutes_open_event","changeScene":"conference_created"}""", "changeScene")]
    [InlineData("faults", """{"error":1.5}""", "error")]
    [InlineData("faults", """{"reset":-0.1}""", "reset")]
    [InlineData("faults", """{"html":0.5,"slow":0.6}""", "slow")]
    [InlineData("faults", """{"error":0.5,"codes":[]}""", "codes")]
    [InlineData("faults", """{"error":0.5,"codes":["systemError","nobodyKnows"]}""", "codes[1]")]
    [InlineData("faults", """{"callsPerSecond":-1}""", "callsPerSecond")]
    [InlineData("faults", """{"events":{"lost":{"meetingEnded":1.5}}}""", "events.lost")]
    [InlineData("faults", """{"events":{"lost":{"checkUrl":0.5}}}""", "events.lost")]
    [InlineData("faults", """{"events":{"repeated":-1}}""", "events.repeated")]
    [InlineData("faults", """{"events":{"overtaken":2}}""", "events.overtaken")]
    [InlineData("meetings", """{"roomCode":"427 200 123"}""", "roomCode")]
    [InlineData("meetings", """{"endsInMs":-1}""", "endsInMs")]
    [InlineData("meetings", """{"startedAt":"yesterday"}""", "startedAt")]
    [InlineData("meetings", """{"infoScript":[{"code":"nobodyKnows"}]}""", "infoScript[0].code")]
    [InlineData("meetings", """{"playInfoScript":[{"kind":"noRange"}]}""", "playInfoScript[0].kind")]
    [InlineData("meetings", """{"textScript":[{}]}""", "textScript[0].kind")]
    [InlineData("meetings", """{"mediaScript":[{"code":"systemError"}]}""", "mediaScript[0].kind")]
    [InlineData("meetings", """{"mediaScript":[{"kind":"redirect","location":"/x"}]}""", "mediaScript[0].location")]
    [InlineData("meetings", """{"videoBytes":-1}""", "videoBytes")]
    [InlineData("meetings", """{"traits":{"media":{"bytesPerSecond":-1}}}""", "traits.media.bytesPerSecond")]
    [InlineData("meetings", """{"traits":{"media":{"urlLifetimeMs":-1}}}""", "traits.media.urlLifetimeMs")]
    [InlineData("meetings", """{"traits":{"texts":{"paragraphs":-1}}}""", "traits.texts.paragraphs")]
    [InlineData("meetings", """{"traits":{"times":{"firstVideoAfterMs":-1}}}""", "traits.times.firstVideoAfterMs")]
    [InlineData("meetings", """{"traits":{"times":{"mergedAfterMs":-2}}}""", "traits.times.mergedAfterMs")]
    [InlineData("meetings", """{"traits":{"statusMeanwhile":"ended"}}""", "traits.statusMeanwhile")]
    [InlineData("meetings", """{"traits":{"events":["suiteTicket"]}}""", "traits.events")]
    [InlineData("meetings", """{"traits":{"lostEvents":["checkUrl"]}}""", "traits.lostEvents")]
    [InlineData("meetings", """{"traits":{"whoSees":"everybody"}}""", "traits.whoSees")]
    [InlineData("pushes", """{"event":"meetingEnded","eventType":"check_url"}""", "event")]
    [InlineData("pushes", """{"eventType":"flash_minutes_open_event","bizType":"nothing"}""", "bizType")]
    [InlineData("pushes", """{"eventType":"flash_minutes_open_event","minutesEventType":"nothing"}""", "minutesEventType")]
    [InlineData("failed-pushes", """{"event":"checkUrl"}""", "event")]
    [InlineData("failed-pushes", """{"event":"meetingEnded"}""", "conferenceId")]
    [InlineData("failed-pushes", """{"shape":"round"}""", "shape")]
    public async Task A_bad_request_is_a_problem_that_names_the_field(string path, string body, string field)
    {
        using var answer = await Http.PostAsync($"simulator/{path}", new StringContent(body), Stop);

        Assert.Equal((400, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.StartsWith($"{field}: ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Tenant.Conferences);
    }

    [Fact]
    public async Task A_meeting_is_shown_with_what_a_manifest_must_hold()
    {
        var conference = Tenant.AddConference();
        await GetListAsync(conference);

        var shown = await Http.GetFromJsonAsync<JsonElement>($"simulator/meetings/{conference.Id}", Stop);

        Assert.Equal(conference.EndedAt, shown.GetProperty("endedAt").GetDateTimeOffset());
        Assert.Equal("ended", shown.GetProperty("recordStatus").GetString());
        Assert.Equal(1, shown.GetProperty("getVideosCalls").GetInt32());
        Assert.Equal(conference.Videos, shown.GetProperty("videos").Deserialize<SimulatedVideo[]>(JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData("meetings/nobody")]
    [InlineData("nothing")]
    public async Task What_is_not_there_is_a_404(string path)
    {
        using var answer = await Http.GetAsync($"simulator/{path}", Stop);

        Assert.Equal((404, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_id_in_use_and_a_push_to_nowhere_are_conflicts()
    {
        Tenant.AddConference("mine");

        Assert.Equal(409, (await PostAsync("meetings", """{"conferenceId":"mine"}""")).Status);
        Assert.Equal(409, (await PostAsync("meetings", """{"push":true}""")).Status);
        Assert.Equal(409, (await PostAsync("pushes", """{"conferenceId":"mine"}""")).Status);
        Assert.Equal(404, (await PostAsync("pushes", """{"conferenceId":"nobody"}""")).Status);
    }

    [Fact]
    public async Task The_ledger_can_be_read_whole_or_for_one_conference()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());
        one.Script.Add(ScriptedAnswer.ApiError.Of("permissionError"));
        await GetErrorAsync(one);
        await GetListAsync(one);
        await GetListAsync(other);

        var whole = await Http.GetFromJsonAsync<JsonElement>("simulator/ledger", Stop);
        var part = await Http.GetFromJsonAsync<JsonElement>($"simulator/ledger?conferenceId={one.Id}", Stop);

        Assert.Equal(4, whole.GetProperty("totals").GetProperty("calls").GetInt32());
        Assert.Equal(3, whole.GetProperty("totals").GetProperty("getVideosCalls").GetInt32());
        Assert.Equal(
            ["permissionError", "ok"],
            part.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("code").GetString()));
        Assert.Equal(
            """{"permissionError":1,"ok":1}""",
            part.GetProperty("totals").GetProperty("callsByCode").GetRawText());
    }

    [Fact]
    public async Task Faults_are_set_and_ended()
    {
        const string Faults = """
            {"seed":7,"error":0.25,"codes":["resourceClose"],"slow":0.5,"slowMs":20,"callsPerSecond":20,
             "events":{"lost":{"meetingEnded":0.1,"videoGenerated":0.2},"repeated":0.3,"overtaken":0.4}}
            """;
        Assert.Equal(204, (await PostAsync("faults", Faults)).Status);

        var rates = Tenant.Faults.Rates!;
        Assert.Equal((7, 0.25, 0.5, TimeSpan.FromMilliseconds(20)), (rates.Seed, rates.Error, rates.Slow, rates.SlowBy));
        Assert.Equal(["resourceClose"], rates.Codes);
        Assert.Equal(20, Tenant.Faults.CallsPerSecond);
        var events = Tenant.Faults.Events!;
        Assert.Equal((7, 0.1, 0.2), (events.Seed, events.Lost[PushedEvent.MeetingEnded], events.Lost[PushedEvent.VideoGenerated]));
        Assert.Equal((0.3, 0.4), (events.Repeated, events.Overtaken));

        using var answer = await Http.DeleteAsync("simulator/faults", Stop);
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal((null, null, 0), (Tenant.Faults.Rates, Tenant.Faults.Events, Tenant.Faults.CallsPerSecond));
    }

    [Fact]
    public async Task With_a_callback_url_meetings_are_pushed_unless_told_otherwise()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Server.Pusher.CallbackUrl = callback.Url;

        var pushed = await PostAsync("meetings", """{"count":3}""");
        await PostAsync("meetings", """{"count":2,"push":false}""");
        var again = await PostAsync("pushes", $$"""{"conferenceId":"{{IdsOf(pushed.Body)[0]}}","eventType":"flash_minutes_open_event"}""");
        var check = await PostAsync("pushes", """{"eventType":"check_url"}""");

        Assert.All(
            pushed.Body.GetProperty("meetings").EnumerateArray(),
            meeting => Assert.True(meeting.GetProperty("push").GetProperty("delivered").GetBoolean()));
        Assert.True(again.Body.GetProperty("delivered").GetBoolean());
        Assert.True(check.Body.GetProperty("delivered").GetBoolean());
        Assert.Equal(3 + 2, Server.Ledger.Totals.PushesDelivered);
        var ended = new List<string>();
        for (var push = 0; push < 3; push++)
        {
            var verified = Assert.IsType<CallbackVerdict.Verified>(await callback.Readings.ReadAsync(Stop));
            ended.Add(Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(verified.Plaintext.Span)).Notification.Message.ConferenceId);
        }

        Assert.Equal(IdsOf(pushed.Body).Order(), ended.Order());
    }

    [Fact]
    public async Task A_meeting_is_made_as_told_in_every_field()
    {
        var (_, body) = await PostAsync(
            "meetings",
            """
            {"conferenceId":"mine","videos":1,"title":"标题","bizType":"3","roomCode":"427200123","scheduleConferenceId":"s",
             "creatorUnionId":"c","ownerUnionId":"o","startedAt":"2026-11-22T08:00:00+08:00","endsInMs":60000,"unionIds":["x"],
             "infoScript":[{"code":"noPermission"}],
             "traits":{"times":{"recordingEndsAfterMs":1,"firstVideoAfterMs":2,"nextVideoAfterMs":3,"mergedAfterMs":4,"summaryAfterMs":5,
               "listedAfterMs":6,"pushedAfterMs":7},
               "statusMeanwhile":"paused","whoSees":"owner","nothingFound":"emptyList","taskId":"number",
               "events":["meetingStarted","summaryGenerated"],"lostEvents":["meetingEnded"],
               "failedPushShape":"inTag","failedPushEnvelope":false}}
            """);

        var conference = Tenant.Find(Assert.Single(IdsOf(body)))!;
        Assert.Equal(
            ("标题", "3", "427200123", "s", "c", "o"),
            (conference.Title, conference.BizType, conference.RoomCode, conference.ScheduleConferenceId,
                conference.CreatorUnionId, conference.RecorderUnionId));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), conference.StartedAt);
        Assert.Equal(Now.AddMinutes(1), conference.EndedAt);
        Assert.Equal(["x"], conference.UnionIds);
        Assert.Equal("noPermission", conference.InfoScript.Peek()?.Label);
        var traits = conference.Traits;
        Assert.Equal(
            new MeetingTimes
            {
                RecordingEndsAfter = TimeSpan.FromMilliseconds(1),
                FirstVideoAfter = TimeSpan.FromMilliseconds(2),
                NextVideoAfter = TimeSpan.FromMilliseconds(3),
                MergedAfter = TimeSpan.FromMilliseconds(4),
                SummaryAfter = TimeSpan.FromMilliseconds(5),
                ListedAfter = TimeSpan.FromMilliseconds(6),
                PushedAfter = TimeSpan.FromMilliseconds(7),
            },
            traits.Times);
        Assert.Equal(
            (RecordStatus.Paused, WhoSees.Owner, NothingFound.EmptyList, TaskIdForm.Number, FailedPushShape.InTag, false),
            (traits.StatusMeanwhile, traits.WhoSees, traits.NothingFound, traits.TaskId,
                traits.FailedPushShape, traits.FailedPushEnvelope));
        Assert.Equal([PushedEvent.MeetingStarted, PushedEvent.SummaryGenerated], traits.Events);
        Assert.Equal([PushedEvent.MeetingEnded], traits.LostEvents);
    }

    [Fact]
    public async Task How_files_are_served_and_what_was_said_is_as_told()
    {
        var (_, body) = await PostAsync(
            "meetings",
            """
            {"videoBytes":7,"playInfoScript":[{"code":"systemError"}],"textScript":[{"code":"resourceClose"}],
             "traits":{"media":{"sizeField":"both","hasMp4":false,"urlLifetimeMs":5,"ranges":false,"etag":false,"contentLength":false,
               "bytesPerSecond":9,"smallerRendition":true},
               "texts":{"paragraphs":3,"tokenPlace":"top","tokenAsText":true,"stuck":true,"wrapped":true}}}
            """);

        var conference = Tenant.Find(Assert.Single(IdsOf(body)))!;
        Assert.All(conference.Videos, video => Assert.Equal(7, video.FileSize));
        Assert.Equal(
            ("systemError", "resourceClose"),
            (conference.PlayInfoScript.Peek()?.Label, conference.TextScript.Peek()?.Label));
        Assert.Equal(
            new MediaTraits
            {
                SizeField = SizeField.Both,
                HasMp4 = false,
                UrlLifetime = TimeSpan.FromMilliseconds(5),
                Ranges = false,
                ETag = false,
                ContentLength = false,
                BytesPerSecond = 9,
                SmallerRendition = true,
            },
            conference.Traits.Media);
        Assert.Equal(
            new TextTraits { Paragraphs = 3, TokenPlace = TokenPlace.Top, TokenAsText = true, Stuck = true, Wrapped = true },
            conference.Traits.Texts);
    }

    [Fact]
    public async Task A_meeting_is_changed_in_what_the_request_names_and_nothing_else()
    {
        var conference = Tenant.AddConference(videos: 1);
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), 5);

        var (status, shown) = await SendAsync(
            HttpMethod.Patch,
            $"meetings/{conference.Id}",
            """
            {"addVideos":2,"ownerUnionId":"o","script":[{"code":"permissionError"}],
             "traits":{"times":{"mergedAfterMs":60000},"whoSees":"creator"}}
            """);

        Assert.Equal((200, 4, 3), (status, shown.GetProperty("videos").GetArrayLength(), shown.GetProperty("listedVideos").GetInt32()));
        Assert.Equal("o", conference.RecorderUnionId);
        Assert.Equal("permissionError", (await GetErrorAsync(conference)).Code);
        Assert.Equal(3, (await GetListAsync(conference)).Count);
        Assert.Equal(WhoSees.Creator, conference.Traits.WhoSees);

        const string Back = """{"traits":{"times":{"mergedAfterMs":-1}},"recordStatus":"notRecorded"}""";
        await SendAsync(HttpMethod.Patch, $"meetings/{conference.Id}", Back);
        Assert.Equal((WhoSees.Creator, RecordStatus.NotRecorded), (conference.Traits.WhoSees, conference.RecordStatus));
        Assert.Null(conference.Traits.Times.MergedAfter);
        Assert.Equal(404, (await SendAsync(HttpMethod.Patch, "meetings/nobody", "{}")).Status);
        Assert.Equal(400, (await SendAsync(HttpMethod.Patch, $"meetings/{conference.Id}", """{"addVideos":-1}""")).Status);
    }

    [Fact]
    public async Task Meetings_are_listed()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());

        var list = await Http.GetFromJsonAsync<JsonElement>("simulator/meetings", Stop);

        Assert.Equal([one.Id, other.Id], IdsOf(list));
    }

    [Fact]
    public async Task The_organisations_traits_are_shown_as_they_can_be_changed()
    {
        var before = await Http.GetFromJsonAsync<JsonElement>("simulator/traits", Stop);
        var (status, after) = await SendAsync(
            HttpMethod.Patch,
            "traits",
            """
            {"foreignOwnerEvery":1,"requestIds":"both","callsPerMonth":5000,"eventsPerMonth":3000,"monthUtcOffsetHours":0,
             "pushForm":"syncHttp",
             "syncRows":"archived","syncDataAsObject":true,"ticketForm":"http","meeting":{"whoSees":"nobody"}}
            """);

        Assert.Equal(409, status);
        Assert.StartsWith("Start the simulator with --suite-key", after.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, after) = await SendAsync(
            HttpMethod.Patch,
            "traits",
            """
            {"foreignOwnerEvery":1,"requestIds":"both","callsPerMonth":5000,"eventsPerMonth":3000,"monthUtcOffsetHours":0,
             "syncRows":"archived","syncDataAsObject":true,"ticketForm":"http","meeting":{"whoSees":"nobody"}}
            """);

        Assert.Equal(200, status);
        var traits = Tenant.Traits;
        Assert.Equal(
            (1, RequestIdPlace.Both, 5000, 3000, TimeSpan.Zero, PushForm.Http, SyncRowForm.Archived, true, PushForm.Http, WhoSees.Nobody),
            (traits.ForeignOwnerEvery, traits.RequestIds, traits.CallsPerMonth, traits.EventsPerMonth, traits.MonthUtcOffset,
                traits.PushForm,
                traits.SyncRows, traits.SyncDataAsObject, traits.TicketForm, traits.Meeting.WhoSees));
        Assert.Equal(after.GetRawText(), (await SendAsync(HttpMethod.Patch, "traits", after.GetRawText())).Body.GetRawText());
        Assert.Equal(before.GetRawText(), (await SendAsync(HttpMethod.Patch, "traits", before.GetRawText())).Body.GetRawText());
    }

    [Theory]
    [InlineData("""{"callsPerMonth":-1}""", "callsPerMonth")]
    [InlineData("""{"eventsPerMonth":-1}""", "eventsPerMonth")]
    [InlineData("""{"foreignOwnerEvery":-1}""", "foreignOwnerEvery")]
    [InlineData("""{"monthUtcOffsetHours":15}""", "monthUtcOffsetHours")]
    [InlineData("""{"meeting":{"times":{"summaryAfterMs":-1}}}""", "meeting.times.summaryAfterMs")]
    [InlineData("""{"requestIds":"somewhere"}""", "requestIds")]
    public async Task A_trait_that_cannot_be_is_a_problem_that_names_it(string body, string field)
    {
        var (status, problem) = await SendAsync(HttpMethod.Patch, "traits", body);

        Assert.Equal((400, field), (status, problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task The_meter_is_shown_and_cleared()
    {
        Tenant.Traits = Tenant.Traits with { CallsPerMonth = 7 };
        await GetListAsync(Tenant.AddConference());

        var meter = await Http.GetFromJsonAsync<JsonElement>("simulator/meter", Stop);
        using var cleared = await Http.DeleteAsync("simulator/meter", Stop);

        Assert.Equal(7, meter.GetProperty("callsPerMonth").GetInt32());
        Assert.Equal(
            """{"month":"2026-11","calls":1,"callsRefused":0,"events":0,"eventsStopped":0}""",
            meter.GetProperty("current").GetRawText());
        Assert.Equal((204, 0), ((int)cleared.StatusCode, Tenant.Meter.Current.Calls));
    }

    [Fact]
    public async Task The_sums_of_every_conference_can_be_read()
    {
        var (one, other) = (Tenant.AddConference(), Tenant.AddConference());
        await GetListAsync(one);
        await GetListAsync(one);
        await GetListAsync(other);

        var sums = await Http.GetFromJsonAsync<JsonElement>("simulator/ledger/conferences", Stop);

        Assert.Equal(4, sums.GetProperty("totals").GetProperty("calls").GetInt32());
        Assert.Equal(
            [(one.Id, 2), (other.Id, 1)],
            sums.GetProperty("conferences").EnumerateArray().Select(row => (
                row.GetProperty("conferenceId").GetString()!,
                row.GetProperty("totals").GetProperty("callsByOperation").GetProperty("getVideos").GetInt32())));
    }

    [Fact]
    public async Task What_is_not_due_yet_is_pushed_in_the_background()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Server.Pusher.CallbackUrl = callback.Url;

        var (_, body) = await PostAsync("meetings", """{"endsInMs":60000,"traits":{"events":["meetingStarted","meetingEnded"]}}""");
        var created = await NextPushAsync(callback);
        await Clock.PassAsync(TimeSpan.FromMinutes(1), Stop);
        var closed = await NextPushAsync(callback);

        var made = body.GetProperty("meetings")[0];
        Assert.Equal((JsonValueKind.Null, 0), (made.GetProperty("push").ValueKind, made.GetProperty("events").GetArrayLength()));
        Assert.Equal(
            ("conference_created", "conference_closed"),
            (created.GetProperty("changeScene").GetString(), closed.GetProperty("changeScene").GetString()));
    }

    [Fact]
    public async Task Items_are_put_on_the_failed_list_and_looked_at()
    {
        var conference = Tenant.AddConference();

        var flat = $$"""{"conferenceId":"{{conference.Id}}","event":"summaryGenerated","shape":"flat","envelope":false}""";
        Assert.Equal(204, (await PostAsync("failed-pushes", flat)).Status);
        Assert.Equal(204, (await PostAsync("failed-pushes", """{"item":{"call_back_tag":7}}""")).Status);

        var items = (await Http.GetFromJsonAsync<JsonElement>("simulator/failed-pushes", Stop)).GetProperty("items");
        Assert.Equal("summary_generated", items[0].GetProperty("minutesEventType").GetString());
        Assert.Equal(7, items[1].GetProperty("call_back_tag").GetInt32());
    }

    [Fact]
    public async Task A_lost_event_is_in_the_ledger_with_its_reason()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        Server.Pusher.CallbackUrl = callback.Url;

        var (_, body) = await PostAsync("meetings", """{"traits":{"lostEvents":["meetingEnded"]}}""");
        var ledger = await Http.GetFromJsonAsync<JsonElement>("simulator/ledger", Stop);

        Assert.True(body.GetProperty("meetings")[0].GetProperty("push").GetProperty("lost").GetBoolean());
        var lost = Assert.Single(ledger.GetProperty("lostEvents").EnumerateArray());
        Assert.Equal(("meetingEnded", "conference"), (lost.GetProperty("event").GetString(), lost.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("suite-tickets", "{}")]
    [InlineData("pushes", """{"event":"suiteTicket"}""")]
    [InlineData("pushes", """{"event":"checkCreateSuiteUrl"}""")]
    [InlineData("pushes", """{"rows":[]}""")]
    public async Task Without_a_third_party_app_there_are_no_tickets_and_no_rows(string path, string body)
    {
        Server.Pusher.CallbackUrl = new Uri("http://127.0.0.1:9/");

        Assert.Equal(409, (await PostAsync(path, body)).Status);
    }

    [Fact]
    public async Task A_third_party_app_gets_tickets_and_rows_over_the_control_api()
    {
        var options = new SimulatorOptions { SuiteKey = "suite000", SuiteSecret = "secret", PushRetries = [] };
        await using var server = await SimulatorServer.StartAsync(options, Stop);
        await using var callback = await Callback.StartAsync(server.Options);
        server.Pusher.CallbackUrl = callback.Url;
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var conference = server.Tenant.AddConference();

        using var ticket = await http.PostAsync("simulator/suite-tickets", null, Stop);
        using var rows = await http.PostAsync(
            "simulator/pushes",
            new StringContent(
                $$"""{"rows":[{"conferenceId":"{{conference.Id}}","event":"meetingEnded"},{"conferenceId":"{{conference.Id}}"}]}"""),
            Stop);

        var made = await ticket.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(server.Tenant.SuiteTicket, made.GetProperty("suiteTicket").GetString());
        Assert.True(made.GetProperty("push").GetProperty("delivered").GetBoolean());
        Assert.Equal("SYNC_HTTP_PUSH_HIGH", (await NextPushAsync(callback)).GetProperty("EventType").GetString());
        Assert.True((await rows.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("delivered").GetBoolean());
        Assert.Equal(2, (await NextPushAsync(callback)).GetProperty("bizData").GetArrayLength());
    }

    private static string[] IdsOf(JsonElement body)
        => [.. body.GetProperty("meetings").EnumerateArray().Select(meeting => meeting.GetProperty("conferenceId").GetString()!)];

    private Task<(int Status, JsonElement Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(method, $"simulator/{path}") { Content = content };
        using var answer = await Http.SendAsync(request, Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        return ((int)answer.StatusCode, bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes));
    }
}
