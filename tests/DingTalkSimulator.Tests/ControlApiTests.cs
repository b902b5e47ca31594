using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DingTalkSimulator.Faults;
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
    };

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
    [InlineData("meetings", """{"script":null}""", "script")]
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
        Assert.Equal(204, (await PostAsync("faults", """{"seed":7,"error":0.25,"codes":["resourceClose"],"slow":0.5,"slowMs":20,"callsPerSecond":20}""")).Status);

        var rates = Tenant.Faults.Rates!;
        Assert.Equal((7, 0.25, 0.5, TimeSpan.FromMilliseconds(20)), (rates.Seed, rates.Error, rates.Slow, rates.SlowBy));
        Assert.Equal(["resourceClose"], rates.Codes);
        Assert.Equal(20, Tenant.Faults.CallsPerSecond);

        using var answer = await Http.DeleteAsync("simulator/faults", Stop);
        Assert.Equal((204, null, 0), ((int)answer.StatusCode, Tenant.Faults.Rates, Tenant.Faults.CallsPerSecond));
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

    private static string[] IdsOf(JsonElement body)
        => [.. body.GetProperty("meetings").EnumerateArray().Select(meeting => meeting.GetProperty("conferenceId").GetString()!)];

    private async Task<(int Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var answer = await Http.PostAsync($"simulator/{path}", new StringContent(body, Encoding.UTF8, "application/json"), Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        return ((int)answer.StatusCode, bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes));
    }
}
