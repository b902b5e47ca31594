using System.Text;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Notifications.Events;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class FailedPushClientTests : DingTalkTest
{
    private const string ListPath = "/old/call_back/get_call_back_failed_result";
    private const string RefusedToken = """{"errcode":88,"sub_code":"40014","sub_msg":"bad token","errmsg":"ding talk error"}""";
    private const string Closed = "\"changeScene\":\"conference_closed\",\"openConfModel\":{\"conferenceId\":\"conf-1\"}";

    [Fact]
    public async Task The_list_is_asked_for_at_the_older_API_with_the_token_in_the_query()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"a+b/c=","expireIn":7200}""");

        await PageOf("[]");

        var request = DingTalk.Requests[^1];
        Assert.Equal((HttpMethod.Get, $"{ListPath}?access_token=a%2Bb%2Fc%3D", null), (request.Method, request.PathAndQuery, request.Body));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_and_the_list_asked_for_again()
    {
        DingTalk
            .Answer(ScriptedDingTalk.TokenPath, 200, """{"accessToken":"token-2","expireIn":7200}""")
            .Answer(ListPath, 200, RefusedToken);

        Assert.Empty((await PageOf("[]")).Pushes);
        Assert.Equal([$"{ListPath}?access_token=token-1", $"{ListPath}?access_token=token-2"], DingTalk.Calls);
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_too_is_the_answer()
    {
        DingTalk.Answer(ListPath, 200, RefusedToken);

        Assert.Equal("errcode:40014", (await ErrorOf()).Code);
        Assert.Equal((2, 2), (DingTalk.TokenRequests, DingTalk.Calls.Count()));
    }

    [Fact]
    public async Task Any_other_failure_is_the_answer_at_once()
    {
        DingTalk.Answer(ListPath, 200, """{"errcode":60011,"errmsg":"no permission","request_id":"r1"}""");

        var error = await ErrorOf();

        Assert.Equal(("errcode:60011", "no permission", "r1"), (error.Code, error.Message, error.RequestId));
        Assert.Single(DingTalk.Calls);
    }

    [Fact]
    public async Task Without_a_token_the_list_is_not_asked_for()
    {
        DingTalk.Forget(ScriptedDingTalk.TokenPath).Answer(ScriptedDingTalk.TokenPath, 400, """{"code":"invalidClientIdOrSecret"}""");

        Assert.Equal("invalidClientIdOrSecret", (await ErrorOf()).Code);
        Assert.Empty(DingTalk.Calls);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public async Task There_are_more_where_DingTalk_says_true_in_any_form(string hasMore, bool expected)
        => Assert.Equal(expected, (await PageOf("[]", hasMore)).HasMore);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("[]")]
    public async Task A_list_that_is_none_or_empty_holds_no_push(string list) => Assert.Empty((await PageOf(list)).Pushes);

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("\"[]\"")]
    public async Task A_list_in_another_form_is_one_push_that_cannot_be_read(string list)
    {
        var push = Assert.Single((await PageOf(list)).Pushes);

        Assert.Equal(("", 0, list), (push.Tag, push.Plaintext.Length, Encoding.UTF8.GetString(push.Item.Span)));
    }

    [Theory]
    [InlineData("bpmsCallBackData")]
    [InlineData("roleLabelChange")]
    public async Task Content_is_found_under_each_name_that_the_documents_give_it(string name)
        => Assert.Equal(
            """{"EventType":"tag","CorpId":"corp-1","EventTime":1663143335567,"title":"a"}""",
            await PlaintextOf(Item("tag", """{"title":"a"}""").Replace("callbackData", name, StringComparison.Ordinal)));

    [Theory]
    [InlineData(
        """{"tag":{"openConfModel":{},"corpid":"corp-1"},"call_back_tag":"tag","event_time":7}""",
        """{"EventType":"tag","CorpId":"corp-1","EventTime":7,"openConfModel":{},"corpid":"corp-1"}""")]
    [InlineData(
        """{"openConfModel":{},"corpid":"corp-1","call_back_tag":"tag","event_time":7}""",
        """{"EventType":"tag","CorpId":"corp-1","EventTime":7,"openConfModel":{},"corpid":"corp-1","call_back_tag":"tag","event_time":7}""")]
    [InlineData("""{"EventType":"other","call_back_tag":"tag"}""", """{"EventType":"other","call_back_tag":"tag"}""")]
    public async Task Content_is_found_without_a_wrapper_and_without_an_object_of_its_own(string item, string plaintext)
        => Assert.Equal(plaintext, await PlaintextOf(item));

    [Fact]
    public async Task An_answer_without_a_list_holds_no_push_and_no_more()
    {
        DingTalk.Answer(ListPath, 200, """{"errcode":0,"errmsg":"ok"}""");

        var page = Assert.IsType<ApiAnswer<FailedPushPage>.Ok>(await CreateReader().TakeAsync()).Value;

        Assert.Empty(page.Pushes);
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task What_names_no_event_is_one_that_cannot_be_read()
    {
        var page = await PageOf("""[7,null,[],{},{"call_back_tag":7,"7":{"callbackData":{}}},{"a":{"callbackData":{}}},""" + Item("check_url", "null") + "]");

        Assert.Equal(["", "", "", "", "", "", "check_url"], page.Pushes.Select(static push => push.Tag));
        Assert.Equal(
            ["7", "null", "[]", "{}", """{"call_back_tag":7,"7":{"callbackData":{}}}""", """{"a":{"callbackData":{}}}"""],
            page.Pushes.Take(6).Select(static push => Encoding.UTF8.GetString(push.Item.Span)));
    }

    [Theory]
    [InlineData("""{"call_back_tag":"tag"}""")]
    [InlineData("""{"call_back_tag":"tag","other":{"callbackData":{}}}""")]
    [InlineData("""{"call_back_tag":"tag","tag":null}""")]
    [InlineData("""{"call_back_tag":"tag","tag":"callbackData"}""")]
    [InlineData("""{"call_back_tag":"tag","tag":["callbackData"]}""")]
    [InlineData("""{"call_back_tag":"tag","tag":{"corpid":"corp-1"}}""")]
    public async Task A_push_without_its_content_is_known_by_its_tag_alone(string item)
    {
        var push = Assert.Single((await PageOf($"[{item}]")).Pushes);

        Assert.Equal(("tag", 0), (push.Tag, push.Plaintext.Length));
    }

    [Theory]
    [InlineData("""{"EventType":"check_url","n":1.50}""", """{"EventType":"check_url","n":1.50}""")]
    [InlineData("\"{\\\"EventType\\\":\\\"check_url\\\"}\"", """{"EventType":"check_url"}""")]
    [InlineData("\"会议\"", "会议")]
    [InlineData("null", "null")]
    [InlineData("17", "17")]
    [InlineData("""["EventType"]""", """["EventType"]""")]
    public async Task Content_that_is_a_whole_event_or_none_is_given_as_it_came(string content, string plaintext)
        => Assert.Equal(plaintext, await PlaintextOf(Item("tag", content)));

    [Theory]
    [InlineData("""{"title":"a"}""", """{"EventType":"tag","CorpId":"corp-1","EventTime":1663143335567,"title":"a"}""")]
    [InlineData("{}", """{"EventType":"tag","CorpId":"corp-1","EventTime":1663143335567}""")]
    public async Task Content_without_its_envelope_gets_what_the_list_keeps_of_it(string content, string plaintext)
        => Assert.Equal(plaintext, await PlaintextOf(Item("tag", content)));

    [Theory]
    [InlineData("""{"call_back_tag":"tag","tag":{"callbackData":{"a":1}}}""")]
    [InlineData("""{"call_back_tag":"tag","tag":{"callbackData":{"a":1},"corpid":7}}""")]
    public async Task An_envelope_of_which_the_list_keeps_no_more_has_its_event_type(string item)
        => Assert.Equal("""{"EventType":"tag","CorpId":null,"a":1}""", await PlaintextOf(item));

    // The list is given once: what cannot be read must not take the other pushes with it, nor a name that is cut off within an emoji its meeting.
    [Theory]
    [InlineData("{" + Closed + ",\"creatorNick\":\"\\ud83d\"}")]
    [InlineData("{\"EventType\":\"meeting_status_change\"," + Closed + ",\"creatorNick\":\"\\ud83d\"}")]
    public async Task A_name_that_is_no_text_does_no_harm(string content)
    {
        var push = Assert.Single((await PageOf($"[{Item("meeting_status_change", content)}]")).Pushes);

        Assert.Equal("conf-1:ended", Assert.IsType<DingTalkEvent.Notified>(Assert.Single(DingTalkPushReader.Read(push.Plaintext.Span))).Notification.Root);
    }

    [Fact]
    public async Task A_title_in_another_encoding_does_no_harm()
    {
        var item = Encoding.UTF8.GetBytes(Item("meeting_status_change", $$"""{"title":"?",{{Closed}}}"""));
        item[Array.IndexOf(item, (byte)'?')] = 0xFF;
        DingTalk.Answer(ListPath, () => new HttpResponseMessage { Content = new ByteArrayContent([.. "{\"failed_list\":["u8, .. item, .. "]}"u8]) });

        var push = Assert.Single(Assert.IsType<ApiAnswer<FailedPushPage>.Ok>(await CreateReader().TakeAsync()).Value.Pushes);

        Assert.IsType<DingTalkEvent.Notified>(Assert.Single(DingTalkPushReader.Read(push.Plaintext.Span)));
    }

    [Fact]
    public async Task A_push_that_is_no_text_takes_no_other_with_it()
    {
        var page = await PageOf($$"""[{{Item("tag", "\"\\ud800\"")}},{"call_back_tag":"\ud800"},{{Item("check_url", "{}").Replace("corp-1", "\\ud800", StringComparison.Ordinal)}},{{Item("check_url", "{\"EventType\":\"check_url\"}")}}]""");

        Assert.Equal(["tag", "", "check_url", "check_url"], page.Pushes.Select(static push => push.Tag));
        Assert.Equal(0, page.Pushes[0].Plaintext.Length);
    }

    private static string Item(string tag, string content)
        => $$"""{"{{tag}}":{"callbackData":{{content}},"corpid":"corp-1"},"call_back_tag":"{{tag}}","event_time":1663143335567}""";

    private FailedPushClient CreateReader()
    {
        var http = CreateHttp();
        return new FailedPushClient(http, new AccessTokens(http, Options, Clock), new Uri("https://oapi.dingtalk.test/old/"));
    }

    private async Task<FailedPushPage> PageOf(string list, string hasMore = "false")
    {
        DingTalk.Answer(ListPath, 200, $$"""{"errcode":0,"errmsg":"ok","has_more":{{hasMore}},"failed_list":{{list}}}""");
        return Assert.IsType<ApiAnswer<FailedPushPage>.Ok>(await CreateReader().TakeAsync()).Value;
    }

    private async Task<string> PlaintextOf(string item) => Encoding.UTF8.GetString(Assert.Single((await PageOf($"[{item}]")).Pushes).Plaintext.Span);

    private async Task<DingTalkError> ErrorOf() => Assert.IsType<ApiAnswer<FailedPushPage>.Failed>(await CreateReader().TakeAsync()).Error!;
}
