using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Tests.Fetching;
using Videos = MeetingRecordings.DingTalk.ApiAnswer<System.Collections.Generic.IReadOnlyList<MeetingRecordings.Manifests.Video>>;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>HTTP 200 that is not what was asked for. A meeting is never written down as not recorded on the strength of one.</summary>
public sealed class OddAnswerTests : FetcherTest
{
    public static TheoryData<string, string> NotWhatWasAskedFor => new()
    {
        { """{"result":{"videoList":[{"mediaId":"m1","recordId":"r1"}]}}""", "client.unreadableBody" },
        { """{"data":{"videoList":[]}}""", "client.unreadableBody" },
        { """{"videos":[{"mediaId":"m1","recordId":"r1"}]}""", "client.unreadableBody" },
        { """{"requestId":"r-1"}""", "client.unreadableBody" },
        { """{"code":200,"message":"OK"}""", "client.unreadableBody" },
        { """{"errcode":0,"errmsg":"ok"}""", "client.unreadableBody" },
        { """{"success":true}""", "client.unreadableBody" },
        { """{"videoList":[null]}""", "client.unreadableBody" },
        { """{"videoList":{}}""", "client.unreadableBody" },
        { """{"videoList":"none"}""", "client.unreadableBody" },
        { """{"videoList":["m1"]}""", "client.unreadableBody" },
        { "[]", "client.unreadableBody" },
        { "null", "client.unreadableBody" },
        { "\"none\"", "client.unreadableBody" },
        { """{"success":false,"errorCode":"system.error","errorMsg":"x"}""", "system.error" },
        { """{"success":"False","errorCode":"200","errorMsg":"x"}""", "client.noCode" },
        { """{"success":false,"code":null,"msg":"x"}""", "client.noCode" },
        { """{"success":false,"videoList":[]}""", "client.noCode" },
        { """{"success":true,"errorCode":"system.error"}""", "system.error" },
    };

    [Theory]
    [MemberData(nameof(NotWhatWasAskedFor))]
    public async Task Videos_that_are_not_listed_are_a_fault_to_the_end(string body, string code)
    {
        DingTalk.Answer(VideosPath, 200, body).Answer(ConferencePath, 200, RecordedInfo);

        var result = await FetchAsync(Message, Fresh with { Checks = 9, Faults = 5 });

        var poison = Assert.IsType<RecoveryAction.Poison>(result.Action);
        Assert.Equal((PoisonReasons.RetriesSpent, code), (poison.Reason, poison.Failure!.Code));
        Assert.Equal(0, Store.Writes);
    }

    [Fact]
    public async Task What_a_flagged_answer_says_is_told()
    {
        DingTalk.Answer(VideosPath, 200, """{"success":false,"code":null,"msg":"no luck"}""");

        Assert.Equal("no luck", (await CreateClient().GetVideosAsync("ding1", "conf-1", "creator", Cancellation)).Error!.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"videoList\":null}")]
    [InlineData("{\"videoList\":[]}")]
    [InlineData("{\"code\":\"OK\",\"videoList\":[]}")]
    public async Task Only_an_empty_list_or_nothing_at_all_means_none(string body)
    {
        DingTalk.Answer(VideosPath, 200, body);

        Assert.Empty(Assert.IsType<Videos.Ok>(await CreateClient().GetVideosAsync("ding1", "conf-1", "creator", Cancellation)).Value);
    }

    [Theory]
    [InlineData("200")]
    [InlineData("0")]
    [InlineData("\"200\"")]
    [InlineData("\"0\"")]
    [InlineData("\"OK\"")]
    [InlineData("\"ok\"")]
    [InlineData("\"success\"")]
    [InlineData("\"SUCCESS\"")]
    public async Task A_success_code_beside_a_list_is_none_of_an_error(string code)
    {
        DingTalk.Answer(ConferencePath, 200, RecordedInfo).Answer(VideosPath, 200, $$"""{"code":{{code}},"errorCode":{{code}},"success":true,"message":"OK","videoList":[{"mediaId":"m1","recordId":"r1"}]}""");

        Assert.IsType<LookOutcome.Recorded>((await FetchAsync(Message)).Outcome);
        Assert.Equal("m1", Assert.Single(Store.Find("conf-1")!.Videos).MediaId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"result\":{\"confInfo\":{\"cloudRecordStatus\":0}}}")]
    [InlineData("{\"success\":false}")]
    [InlineData("{\"confInfo\":null}")]
    public async Task Conference_info_that_tells_nothing_is_no_reason_to_write_down_that_there_is_no_recording(string info)
    {
        DingTalk.Answer(VideosPath, 400, NotFound).Answer(ConferencePath, 200, info);

        var result = await FetchAsync(Message, Fresh with { Checks = 9 });

        Assert.IsType<LookOutcome.Failed>(result.Outcome);
        Assert.Equal(0, Store.Writes);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\\nb")]
    [InlineData("a\\u0000")]
    [InlineData("\u4f1a\u8bae")]
    public async Task An_access_token_that_cannot_be_a_header_is_an_error_and_is_not_kept(string token)
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, $$"""{"accessToken":"{{token}}","expireIn":7200}""");
        var tokens = CreateTokens();

        Assert.Equal(TransportCodes.UnreadableBody, (await tokens.GetAsync(Cancellation)).Error!.Code);
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-2","expireIn":7200}""");
        Assert.Equal("token-2", Assert.IsType<ApiAnswer<AccessToken>.Ok>(await tokens.GetAsync(Cancellation)).Value.Value);
    }
}
