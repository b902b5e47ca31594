using System.Net;
using System.Text;
using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>Every shape in which DingTalk says no, over the whole client.</summary>
public sealed class DingTalkErrorTests : DingTalkTest
{
    [Theory]
    [InlineData(400, """{"code":"cloudRecordNotFound","requestid":"r1","message":"cloudRecordNotFound"}""")]
    [InlineData(400, """{"Code":"cloudRecordNotFound","RequestId":"r1","Message":"cloudRecordNotFound"}""")]
    [InlineData(404, """{"requestid":"r1","message":"cloudRecordNotFound","code":"cloudRecordNotFound"}""")]
    [InlineData(200, """{"code":"cloudRecordNotFound","requestid":"r1","message":"cloudRecordNotFound"}""")]
    [InlineData(400, """{"code":"x","code":"cloudRecordNotFound","requestid":"r1","message":"cloudRecordNotFound"}""")]
    [InlineData(400, """{"code":"cloudRecordNotFound","requestid":"r1","message":"cloudRecordNotFound","accessdenieddetail":{"requiredScopes":["a"]},"new":[{}]}""")]
    [InlineData(400, """{"code":"cloudRecordNotFound","requestid":"r1","message":"cloudRecordNotFound","videoList":[{"mediaId":"m1"}]}""")]
    public async Task The_body_is_read_in_both_casings_in_any_order_and_with_anything_beside_it(int status, string body)
    {
        var error = await ErrorOf(status, body);

        Assert.Equal(("cloudRecordNotFound", "cloudRecordNotFound", status, "r1"), (error.Code, error.Message, error.Status, error.RequestId));
        Assert.Equal(ErrorClass.NotReady, error.Class);
    }

    [Fact]
    public async Task Junk_after_the_code_is_kept_for_the_operator_and_ignored_for_the_class()
    {
        var error = await ErrorOf(400, """{"code":"cloudRecordNotFound%!(EXTRA string=50513)","message":"cloudRecordNotFound"}""");

        Assert.Equal("cloudRecordNotFound%!(EXTRA string=50513)", error.Code);
        Assert.Equal(ErrorClass.NotReady, error.Class);
    }

    [Theory]
    [InlineData("""{"errcode":404,"errmsg":"no such URI"}""", "errcode:404", "no such URI", null, ErrorClass.Rejected)]
    [InlineData("""{"errcode":"404","errmsg":"no such URI"}""", "errcode:404", "no such URI", null, ErrorClass.Rejected)]
    [InlineData("""{"errcode":88,"sub_code":"40014","sub_msg":"bad token","errmsg":"ding talk error","request_id":"r9"}""", "errcode:40014", "bad token", "r9", ErrorClass.InvalidToken)]
    [InlineData("""{"errcode":88,"sub_code":40014,"errmsg":"ding talk error","request_id":17}""", "errcode:40014", "ding talk error", "17", ErrorClass.InvalidToken)]
    [InlineData("""{"errcode":88,"sub_code":"","sub_msg":"","errmsg":"ding talk error"}""", "errcode:88", "ding talk error", null, ErrorClass.Faulted)]
    [InlineData("""{"errcode":-1,"errmsg":"busy"}""", "errcode:-1", "busy", null, ErrorClass.Faulted)]
    [InlineData("""{"errcode":"systemError","errmsg":"it broke"}""", "systemError", "it broke", null, ErrorClass.Faulted)]
    [InlineData("""{"errcode":88,"sub_code":"permissionError:7","errmsg":"no"}""", "permissionError:7", "no", null, ErrorClass.Rejected)]
    public async Task The_older_APIs_errcode_in_an_HTTP_200_is_an_error(string body, string code, string message, string? requestId, ErrorClass expected)
    {
        var error = await ErrorOf(200, body);

        Assert.Equal((code, message, 200, requestId), (error.Code, error.Message, error.Status, error.RequestId));
        Assert.Equal(expected, error.Class);
    }

    [Theory]
    [InlineData("""{"errcode":0,"errmsg":"ok","videoList":[]}""")]
    [InlineData("""{"errcode":"0","videoList":[]}""")]
    [InlineData("""{"code":"0","videoList":[]}""")]
    [InlineData("""{"code":" ","errcode":"","videoList":[]}""")]
    [InlineData("""{"code":0,"videoList":[]}""")]
    [InlineData("""{"code":"","message":"","videoList":[]}""")]
    [InlineData("""{"code":null,"errcode":null,"status":1,"videoList":[]}""")]
    public async Task A_code_of_nothing_is_no_error(string body)
    {
        DingTalk.Answer(VideosPath, 200, body);

        Assert.IsType<ApiAnswer<IReadOnlyList<MeetingRecordings.Manifests.Video>>.Ok>(await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation));
    }

    [Theory]
    [InlineData(200, """{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"xxx"}""")]
    [InlineData(403, """{"status":"1111","wait":"5","source":"x5","punish":"deny","uuid":"xxx"}""")]
    [InlineData(429, """{"status":1111,"wait":-7}""")]
    [InlineData(500, """{"status":1111,"code":"systemError"}""")]
    public async Task Status_1111_is_a_ban_of_our_address_for_five_minutes(int status, string body)
    {
        var error = await ErrorOf(status, body);

        Assert.Equal(("client.ipBan", ErrorClass.Banned, TimeSpan.FromMinutes(5)), (error.Code, error.Class, error.RetryAfter));
        Assert.Equal("DingTalk has banned this IP address for some minutes.", error.Message);
    }

    [Fact]
    public async Task A_ban_that_asks_for_a_longer_wait_gets_it()
    {
        DingTalk.Answer(VideosPath, 403, """{"status":1111}""", ("Retry-After", "600"));

        Assert.Equal(TimeSpan.FromMinutes(10), (await ErrorOf()).RetryAfter);
    }

    [Theory]
    [InlineData(404, """{"code":"permissionError","message":"no"}""", "permissionError")]
    [InlineData(502, "<html></html>", "client.unreadableBody")]
    [InlineData(500, "{}", "client.noCode")]
    public async Task The_request_id_of_a_failure_is_the_headers_where_the_body_has_none(int status, string body, string code)
    {
        DingTalk.Answer(VideosPath, status, body, ("x-acs-request-id", "r-header"));

        var error = await ErrorOf();

        Assert.Equal((code, "r-header"), (error.Code, error.RequestId));
    }

    [Theory]
    [InlineData("""{"code":"x","requestid":"new","request_id":"old"}""", "new")]
    [InlineData("""{"code":"x","requestid":" ","request_id":"old"}""", "old")]
    [InlineData("""{"code":"x","requestid":"","request_id":""}""", "header")]
    public async Task Of_several_request_ids_the_bodys_counts_and_of_those_the_newer_APIs(string body, string requestId)
    {
        DingTalk.Answer(VideosPath, 400, body, ("x-acs-request-id", "header"));

        Assert.Equal(requestId, (await ErrorOf()).RequestId);
    }

    [Fact]
    public async Task A_code_of_0_in_an_error_status_is_an_error_without_a_message()
    {
        var error = await ErrorOf(400, """{"code":"0"}""");

        Assert.Equal(("0", "", 400), (error.Code, error.Message, error.Status));
    }

    [Fact]
    public async Task Spaces_around_a_code_are_none_of_it()
        => Assert.Equal("cloudRecordNotFound", (await ErrorOf(400, """{"code":" cloudRecordNotFound\n"}""")).Code);

    [Theory]
    [InlineData(400, "<html><head><title>400 Bad Request</title></head><body>tengine</body></html>")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(504, "")]
    [InlineData(200, "")]
    [InlineData(200, "<html></html>")]
    [InlineData(200, """{"videoList":[{"mediaId":"m1"},{"med""")]
    [InlineData(400, """{"code":"cloudRecordNot""")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "\"ok\"")]
    [InlineData(200, """{"videoList":{"mediaId":"m1"}}""")]
    [InlineData(200, """{"videoList":"none"}""")]
    [InlineData(200, """{"videoList":[17]}""")]
    [InlineData(302, "")]
    public async Task A_body_that_is_no_such_JSON_is_a_fault_with_its_status(int status, string body)
    {
        var error = await ErrorOf(status, body);

        Assert.Equal(("client.unreadableBody", ErrorClass.Faulted, status), (error.Code, error.Class, error.Status));
        Assert.DoesNotContain("html", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task JSON_nested_beyond_reason_is_a_fault()
    {
        var error = await ErrorOf(200, $$"""{"videoList":[{"x":{{new string('[', 5000)}}{{new string(']', 5000)}}}]}""");

        Assert.Equal("client.unreadableBody", error.Code);
    }

    [Theory]
    [InlineData(400, "{}")]
    [InlineData(404, """{"message":"not here"}""")]
    [InlineData(504, """{"code":""}""")]
    [InlineData(300, "{}")]
    [InlineData(302, "{}")]
    [InlineData(500, """{"code":["systemError"]}""")]
    [InlineData(500, """{"code":{"a":1},"message":[],"errcode":{},"status":[1111]}""")]
    public async Task An_error_status_with_JSON_that_names_no_code_is_a_fault(int status, string body)
    {
        var error = await ErrorOf(status, body);

        Assert.Equal(("client.noCode", ErrorClass.Faulted, status), (error.Code, error.Class, error.Status));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_a_number_is_a_code()
        => Assert.Equal("17", (await ErrorOf(400, """{"code":17,"message":42}""")).Code);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("2147483647", 2147483647)]
    [InlineData("Mon, 23 Nov 2026 08:02:00 GMT", 120)]
    [InlineData("Mon, 23 Nov 2026 08:00:00 GMT", null)]
    [InlineData("Mon, 23 Nov 2026 07:00:00 GMT", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999", null)]
    [InlineData("soon", null)]
    public async Task Retry_After_is_read_where_it_is_one(string value, int? seconds)
    {
        DingTalk.Answer(VideosPath, 429, """{"code":"system.busy"}""", ("Retry-After", value));
        var coded = await ErrorOf();
        DingTalk.Forget(VideosPath).Answer(VideosPath, 429, "", ("Retry-After", value));
        var unreadable = await ErrorOf();

        Assert.Equal(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), coded.RetryAfter);
        Assert.Equal(coded.RetryAfter, unreadable.RetryAfter);
        Assert.Equal(ErrorClass.Throttled, unreadable.Class);
    }

    [Fact]
    public async Task Retry_After_that_comes_twice_does_no_harm()
    {
        DingTalk.Answer(VideosPath, 429, """{"code":"system.busy"}""", ("Retry-After", "7"), ("Retry-After", "9"));

        Assert.Equal(ErrorClass.Throttled, (await ErrorOf()).Class);
    }

    [Fact]
    public async Task What_DingTalk_says_is_kept_short_enough_for_a_message_property()
    {
        var megabyte = new string('x', 1_000_000);

        var error = await ErrorOf(500, $$"""{"code":"systemError{{megabyte}}","message":"{{megabyte}}","requestid":"{{megabyte}}"}""");
        var old = await ErrorOf(200, $$"""{"errcode":88,"sub_code":"{{megabyte}}","sub_msg":"{{megabyte}}","request_id":"{{megabyte}}"}""");

        Assert.All(
            [error.Code, error.Message, error.RequestId!, old.Code, old.Message, old.RequestId!],
            static text => Assert.InRange(text.Length, 1, 500));
        Assert.Equal(ErrorClass.Faulted, error.Class);
    }

    [Fact]
    public async Task An_odd_charset_and_media_type_do_not_matter()
    {
        DingTalk.Answer(VideosPath, () =>
        {
            var content = new ByteArrayContent("""{"code":"permissionError","message":"群权限限制"}"""u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", "text/html; charset=no-such-charset");
            return new HttpResponseMessage(HttpStatusCode.NotFound) { Content = content };
        });

        var error = await ErrorOf();

        Assert.Equal(("permissionError", "群权限限制", ErrorClass.Rejected), (error.Code, error.Message, error.Class));
    }

    public static TheoryData<string, byte[]> OddEncodings => new()
    {
        { "application/json", [0xEF, 0xBB, 0xBF, .. "{\"code\":\"permissionError\",\"message\":\"群权限限制\"}"u8] },
        { "application/json;charset=GBK", Gbk.GetBytes("{\"code\":\"permissionError\",\"message\":\"群权限限制\"}") },
        { "text/html; charset=\"gb2312\"", Gbk.GetBytes("{\"code\":\"permissionError\",\"message\":\"群权限限制\"}") },
        { "application/json;charset=ISO-8859-1", [.. "{\"code\":\"permissionError\",\"message\":\"群权限限制\"}"u8] },
        { "application/json;charset=utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"code\":\"permissionError\",\"message\":\"群权限限制\"}")] },
    };

    private static Encoding Gbk => CodePagesEncodingProvider.Instance.GetEncoding("gbk")!;

    [Theory]
    [MemberData(nameof(OddEncodings))]
    public async Task A_body_with_a_byte_order_mark_or_in_another_character_set_is_read(string contentType, byte[] body)
    {
        DingTalk.Answer(VideosPath, () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            return new HttpResponseMessage(HttpStatusCode.NotFound) { Content = content };
        });

        var error = await ErrorOf();

        Assert.Equal(("permissionError", "群权限限制"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json;charset=no-such-charset")]
    [InlineData("application/json;charset=\"\"")]
    public async Task A_body_that_is_no_UTF8_is_a_fault(string contentType)
    {
        DingTalk.Answer(VideosPath, () =>
        {
            var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes("{\"code\":\""), 0xB2, 0xBB, .. "\"}"u8]);
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = content };
        });

        Assert.Equal("client.unreadableBody", (await ErrorOf()).Code);
    }

    private async Task<DingTalkError> ErrorOf(int status, string body)
    {
        DingTalk.Forget(VideosPath).Answer(VideosPath, status, body);
        return await ErrorOf();
    }

    private async Task<DingTalkError> ErrorOf()
        => Assert.IsType<ApiAnswer<IReadOnlyList<MeetingRecordings.Manifests.Video>>.Failed>(
            await CreateClient().GetVideosAsync(null, "conf-1", "u1", Cancellation)).Error!;
}
