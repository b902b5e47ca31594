using System.Globalization;
using System.Net;
using System.Text;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class DingTalkClientTests : DingTalkTest
{
    private const string InvalidAuthentication = """{"code":"InvalidAuthentication","requestid":"r1","message":"不合法的access_token"}""";

    [Fact]
    public async Task The_documented_answer_of_getVideos_is_read_in_full()
    {
        DingTalk.Answer(
            VideosPath,
            200,
            """
            { "videoList" : [ { "recordId" : "290882268xxx1172033231", "unionId" : "WFBkgJvtxxxxtSaA1jK4sgiEiE",
              "startTime" : 1631172094000, "recordType" : 1, "duration" : 59886, "fileSize" : 1127942,
              "endTime" : 1631172094000, "mediaId" : "faa1566c5bc24f21821ae2394f82db2e", "regionId" : "cn-shenzhen" } ] }
            """,
            ("x-acs-request-id", "01A08FE7-CD6B"));

        var (video, requestId) = await VideoOf();

        var start = DateTimeOffset.Parse("2021-09-09T07:21:34Z", CultureInfo.InvariantCulture);
        Assert.Equal(
            new Video
            {
                RecordId = "290882268xxx1172033231",
                MediaId = "faa1566c5bc24f21821ae2394f82db2e",
                RegionId = "cn-shenzhen",
                RecordType = "composed",
                RecorderUnionId = "WFBkgJvtxxxxtSaA1jK4sgiEiE",
                StartTime = start,
                EndTime = start,
                DurationMs = 59886,
                FileSize = 1127942,
            },
            video);
        Assert.Equal("01A08FE7-CD6B", requestId);
    }

    [Fact]
    public async Task An_empty_file_has_a_size_and_a_length_of_0()
    {
        DingTalk.Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m1","duration":0,"fileSize":0}]}""");

        var (video, _) = await VideoOf();

        Assert.Equal((0, 0), (video.DurationMs, video.FileSize));
    }

    [Fact]
    public async Task The_wait_before_a_quick_try_is_on_the_apps_clock()
    {
        Options = Options with { QuickRetries = 1, QuickRetryDelay = TimeSpan.FromHours(1) };
        DingTalk
            .Answer(VideosPath, 500, """{"code":"systemError"}""")
            .Answer(VideosPath, 200, """{"videoList":[]}""");
        var http = CreateHttp();
        var tokens = new AccessTokens(http, Options, Clock);
        await tokens.GetAsync(Cancellation);

        var call = new DingTalkClient(http, tokens).GetVideosAsync(null, "conf-1", "u1", Cancellation);
        Assert.False(call.IsCompleted);
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Ok>(await call.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_between_two_tries_gives_the_answer_to_the_first()
    {
        Options = Options with { QuickRetries = 1, QuickRetryDelay = TimeSpan.FromMinutes(1) };
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5), Clock);
        DingTalk.Answer(VideosPath, 500, """{"code":"systemError"}""");
        var http = CreateHttp();
        var tokens = new AccessTokens(http, Options, Clock);
        await tokens.GetAsync(Cancellation);

        var call = new DingTalkClient(http, tokens).GetVideosAsync(null, "conf-1", "u1", late.Token);
        Assert.False(call.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await call.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal("systemError", answer.Error?.Code);
        Assert.Single(DingTalk.Calls);
    }

    [Fact]
    public async Task A_connection_that_breaks_without_HTTP_saying_so_is_a_fault()
    {
        DingTalk.Answer(VideosPath, static () => throw new IOException("broken"));

        var error = Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation)).Error!;

        Assert.Equal(("client.connectionFailure", "broken"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Numbers_come_as_strings_and_strings_as_numbers()
    {
        DingTalk.Answer(
            VideosPath,
            200,
            """{"videoList":[{"recordId":290882268,"unionId":17,"startTime":"1631172094000","recordType":"0","duration":"59886","fileSize":" 1127942 ","endTime":1.631172094e12,"mediaId":4711,"regionId":true}]}""");

        var (video, _) = await VideoOf();

        Assert.Equal(
            new Video
            {
                RecordId = "290882268",
                MediaId = "4711",
                RegionId = "true",
                RecordType = "standard",
                RecorderUnionId = "17",
                StartTime = DateTimeOffset.FromUnixTimeMilliseconds(1631172094000),
                EndTime = DateTimeOffset.FromUnixTimeMilliseconds(1631172094000),
                DurationMs = 59886,
                FileSize = 1127942,
            },
            video);
    }

    [Theory]
    [InlineData("""{"mediaId":"m1"}""")]
    [InlineData("""{"mediaId":"m1","recordId":null,"unionId":null,"startTime":null,"recordType":null,"duration":null,"fileSize":null,"endTime":null,"regionId":null}""")]
    [InlineData("""{"mediaId":"m1","recordId":{},"unionId":[],"startTime":"soon","recordType":"x","duration":"","fileSize":{"a":[1]},"endTime":true,"regionId":[[{}]]}""")]
    [InlineData("""{"mediaId":"m1","recordId":"","unionId":"","startTime":0,"duration":-1,"fileSize":-7,"endTime":-62135596800001,"regionId":""}""")]
    [InlineData("""{"mediaId":"m1","startTime":9223372036854775807,"duration":1e400,"fileSize":99999999999999999999,"endTime":1e27}""")]
    [InlineData("""{"mediaId":"m1","startTime":1631172094,"duration":9223372036854775807,"fileSize":"1e-9999999999","endTime":"９"}""")]
    [InlineData("""{"mediaId":"m1","startTime":946684799999,"endTime":7258118400000}""")]
    [InlineData("""{"mediaId":"m0","mediaId":"m1","new":{"mediaId":"m2"}}""")]
    public async Task A_field_that_is_absent_or_junk_is_not_known(string video)
    {
        DingTalk.Answer(VideosPath, 200, $$"""{"videoList":[{{video}}]}""");

        var (read, _) = await VideoOf();

        Assert.Equal(new Video { MediaId = "m1" }, read with { FileSize = read.FileSize == 0 ? null : read.FileSize });
    }

    [Theory]
    [InlineData(2, "type2")]
    [InlineData(-1, "type-1")]
    public async Task A_record_type_that_is_new_is_kept_by_its_number(int type, string expected)
    {
        DingTalk.Answer(VideosPath, 200, $$"""{"videoList":[{"mediaId":"m1","recordType":{{type}}}]}""");

        Assert.Equal(expected, (await VideoOf()).Video.RecordType);
    }

    [Fact]
    public async Task A_video_without_any_media_id_is_told_apart_from_another()
    {
        DingTalk.Answer(VideosPath, 200, """{"videoList":[{"mediaId":"","recordId":"r1"},{"mediaId":"","recordId":"r2"}]}""");

        Assert.Equal(2, Manifest.Recorded("conf-1", (await VideosOf()).Value).Videos.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"videoList":null}""")]
    [InlineData("""{"videoList":[]}""")]
    public async Task No_video_is_an_empty_list(string body)
    {
        DingTalk.Answer(VideosPath, 200, body);

        Assert.Empty((await VideosOf()).Value);
    }

    [Theory]
    [InlineData(17592186044416, true)]
    [InlineData(17592186044417, false)]
    [InlineData(281474976710656, false)]
    public async Task The_greatest_body_of_the_greatest_numbers_still_has_totals(long number, bool plausible)
    {
        var body = new StringBuilder("{\"videoList\":[");
        for (var i = 0; body.Length < DingTalkHttp.MaxBodyBytes - 200; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"mediaId\":\"{i:x}\",\"fileSize\":{number},\"duration\":{number}}}");
        }

        DingTalk.Answer(VideosPath, 200, body.Append("]}").ToString());

        var manifest = Manifest.Recorded("conf-1", (await VideosOf()).Value);

        using var json = System.Text.Json.JsonDocument.Parse(ManifestJson.Serialize(manifest));
        var expected = plausible ? manifest.Videos.Length * number : 0;
        Assert.Equal(expected, json.RootElement.GetProperty("totals").GetProperty("bytes").GetInt64());
        Assert.Equal(expected, json.RootElement.GetProperty("totals").GetProperty("durationMs").GetInt64());
    }

    [Fact]
    public async Task The_call_is_the_documented_one_with_its_ids_escaped()
    {
        DingTalk.Answer("/v1.0/conference/videoConferences/a%2Ab%3Ac%3D/cloudRecords/getVideos", 200, "{}");

        await CreateClient().GetVideosAsync(null, "a*b:c=", "u+/?&=1", Cancellation);

        Assert.Equal(
            new SeenRequest(
                HttpMethod.Get,
                "/v1.0/conference/videoConferences/a%2Ab%3Ac%3D/cloudRecords/getVideos",
                "/v1.0/conference/videoConferences/a%2Ab%3Ac%3D/cloudRecords/getVideos?unionId=u%2B%2F%3F%26%3D1",
                "token-1",
                null),
            DingTalk.Requests[^1]);
    }

    [Theory]
    [InlineData("""{"cloudRecordStatus":0}""", false)]
    [InlineData("""{"cloudRecordStatus":"0"}""", false)]
    [InlineData("""{"cloudRecordStatus":1}""", true)]
    [InlineData("""{"cloudRecordStatus":2}""", true)]
    [InlineData("""{"cloudRecordStatus":3}""", true)]
    [InlineData("""{"cloudRecordStatus":"3"}""", true)]
    [InlineData("""{"cloudRecordStatus":4}""", null)]
    [InlineData("""{"cloudRecordStatus":-1}""", null)]
    [InlineData("""{"cloudRecordStatus":null}""", null)]
    [InlineData("""{"cloudRecordStatus":"none"}""", null)]
    [InlineData("""{"cloudRecordStatus":{}}""", null)]
    [InlineData("{}", null)]
    public async Task Conference_info_says_whether_there_was_a_recording(string info, bool? recorded)
    {
        DingTalk.Answer(ConferencePath, 200, $$"""{"confInfo":{{info}}}""");

        Assert.Equal(recorded, (await InfoOf()).WasRecorded);
    }

    [Theory]
    [InlineData("""{"cloudRecordOwnerUnionId":"owner","creatorId":"creator"}""", "owner,creator")]
    [InlineData("""{"creatorId":"creator","cloudRecordOwnerUnionId":"owner"}""", "owner,creator")]
    [InlineData("""{"cloudRecordOwnerUnionId":"same","creatorId":"same"}""", "same")]
    [InlineData("""{"cloudRecordOwnerUnionId":null,"creatorId":"creator"}""", "creator")]
    [InlineData("""{"cloudRecordOwnerUnionId":"","creatorId":17}""", "17")]
    [InlineData("""{"cloudRecordOwnerUnionId":"two words","creatorId":[]}""", "")]
    [InlineData("{}", "")]
    public async Task Conference_info_names_who_may_see_the_recordings_the_likeliest_first(string info, string unionIds)
    {
        DingTalk.Answer(ConferencePath, 200, $$"""{"confInfo":{{info}}}""");

        Assert.Equal(unionIds, string.Join(',', (await InfoOf()).UnionIds));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"confInfo\":null}")]
    public async Task Conference_info_without_its_object_is_not_what_was_asked_for(string body)
    {
        DingTalk.Answer(ConferencePath, 200, body);

        Assert.Equal("client.unreadableBody", (await CreateClient().GetConferenceInfoAsync("ding1", "conf-1", Cancellation)).Error?.Code);
    }

    [Fact]
    public async Task When_DingTalk_refuses_the_token_it_is_dropped_and_the_call_repeated_with_a_new_one()
    {
        DingTalk
            .Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-2","expireIn":7200}""")
            .Answer(VideosPath, 400, InvalidAuthentication)
            .Answer(VideosPath, 200, """{"videoList":[{"mediaId":"m1"}]}""");

        Assert.Single((await VideosOf()).Value);
        Assert.Equal(["token-1", "token-2"], DingTalk.Requests.Select(static r => r.Token).OfType<string>());
    }

    [Fact]
    public async Task When_DingTalk_refuses_the_new_token_too_the_call_has_failed()
    {
        DingTalk
            .Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-2","expireIn":7200}""")
            .Answer(VideosPath, 400, InvalidAuthentication);

        var failed = Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation));

        Assert.Equal(("InvalidAuthentication", ErrorClass.InvalidToken, "r1"), (failed.Error!.Code, failed.Error!.Class, failed.Error!.RequestId));
        Assert.Equal(2, DingTalk.TokenRequests);
        Assert.Equal(2, DingTalk.Calls.Count());
    }

    [Fact]
    public async Task When_a_token_is_revoked_under_a_hundred_callers_one_new_token_serves_them_all()
    {
        DingTalk
            .Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-2","expireIn":7200}""")
            .Answer(VideosPath, static request => request.Token == "token-1"
                ? new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent(InvalidAuthentication) }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") });
        var client = CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => client.GetVideosAsync(null, "conf-1", "u1", Cancellation))));

        Assert.All(answers, static answer => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Ok>(answer));
        Assert.Equal(2, DingTalk.TokenRequests);
    }

    [Fact]
    public async Task When_there_is_no_token_the_call_fails_as_the_token_did()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 400, """{"code":"invalidClientIdOrSecret","message":"wrong"}""");

        var failed = Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation));

        Assert.Equal("invalidClientIdOrSecret", failed.Error!.Code);
        Assert.Empty(DingTalk.Calls);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_with_its_quick_tries_within_half_a_message_lock()
    {
        var defaults = new DingTalkOptions(Options.BaseAddress, "key", "secret");
        Options = defaults with { QuickRetryDelay = TimeSpan.Zero };
        DingTalk.Gate = new TaskCompletionSource().Task;

        var call = CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation);
        while (!call.IsCompleted)
        {
            // Either the next try has come, or the call is given up.
            await Task.WhenAny(DingTalk.Arrivals.WaitAsync(Cancellation), call);
            Clock.Advance(call.IsCompleted ? TimeSpan.Zero : Options.CallTimeout);
        }

        Assert.Equal("client.timeout", Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Failed>(await call).Error!.Code);
        Assert.Equal(3, DingTalk.TokenRequests);

        // Waits between tries are at most a few times their mean: 200, then 400 ms.
        Assert.True(Clock.GetUtcNow() - Now + defaults.QuickRetryDelay * 20 < TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ümlaut")]
    public async Task A_request_id_that_could_not_be_stored_is_not_kept(string requestId)
    {
        DingTalk.Answer(VideosPath, () =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
            response.Headers.TryAddWithoutValidation("x-acs-request-id", requestId);
            return response;
        });

        Assert.Null((await VideosOf()).RequestId);
    }

    private async Task<ConferenceInfo> InfoOf()
        => Assert.IsType<ApiAnswer<ConferenceInfo>.Ok>(await CreateClient().GetConferenceInfoAsync(null, "conf-1", Cancellation)).Value;

    private async Task<ApiAnswer<IReadOnlyList<Video>>.Ok> VideosOf()
        => Assert.IsType<ApiAnswer<IReadOnlyList<Video>>.Ok>(await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation));

    private async Task<(Video Video, string? RequestId)> VideoOf()
    {
        var ok = await VideosOf();
        return (Assert.Single(ok.Value), ok.RequestId);
    }
}
