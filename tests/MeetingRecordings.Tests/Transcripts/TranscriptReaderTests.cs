using System.Text.Json;
using System.Web;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Tests.DingTalk;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

public sealed class TranscriptReaderTests : DingTalkTest
{
    private const string TextsPath = ConferencePath + "/cloudRecords/getTexts";
    private const string Refused = """{"code":"permissionError","message":"no"}""";

    [Fact]
    public async Task Pages_are_read_until_there_is_no_more()
    {
        Answer(Page(true, "t1", "a", "b"), Page(true, "t2", "c"), Page(false, "t3", "d"));

        var found = await FindAsync();

        Assert.Equal(["a", "b", "c", "d"], TextsOf(found));
        Assert.Equal(("u1", false, "conf-1"), (found.UnionId, found.Truncated, found.Transcript.ConferenceId));
        Assert.Equal([null, "t1", "t2"], TokensAsked);
    }

    public static TheoryData<string> LastPages =>
    [
        """{"hasMore":true,"paragraphList":[{"startTime":98,"paragraph":"b"}]}""",
        """{"paragraphList":[{"startTime":98,"paragraph":"b"}]}""",
        """{"hasMore":true,"nextToken":"t1","paragraphList":[{"startTime":98,"paragraph":"b"}]}""",
        """{"hasMore":false,"nextToken":"t2","paragraphList":[{"startTime":98,"paragraph":"b"}]}""",
    ];

    [Theory]
    [MemberData(nameof(LastPages))]
    public async Task A_page_without_a_token_that_is_new_is_the_last(string last)
    {
        Answer(Page(true, "t1", "a"), last);

        Assert.Equal(["a", "b"], TextsOf(await FindAsync()));
        Assert.Equal(2, TokensAsked.Count);
    }

    [Fact]
    public async Task An_empty_page_is_the_last_whatever_it_says()
    {
        Answer(Page(true, "t1", "a"), """{"hasMore":true,"nextToken":"t2","paragraphList":[]}""");

        var found = await FindAsync();

        Assert.Equal(["a"], TextsOf(found));
        Assert.False(found.Truncated);
        Assert.Equal(2, TokensAsked.Count);
    }

    [Fact]
    public async Task A_token_that_never_advances_ends_the_reading()
    {
        Answer(Page(true, "stuck", "a", "b"));

        Assert.Equal(["a", "b"], TextsOf(await FindAsync()));
        Assert.Equal([null, "stuck"], TokensAsked);
    }

    [Fact]
    public async Task Tokens_that_go_in_a_circle_end_the_reading()
    {
        Answer(Page(true, "t1", "a"), Page(true, "t2", "b"), Page(true, "t1", "a"));

        Assert.Equal(["a", "b"], TextsOf(await FindAsync()));
        Assert.Equal([null, "t1", "t2"], TokensAsked);
    }

    [Fact]
    public async Task A_reading_has_a_greatest_number_of_pages()
    {
        var page = 0;
        DingTalk.Answer(TextsPath, () => new HttpResponseMessage { Content = new StringContent(Page(true, $"t{++page}", "a")) });

        var found = await FindAsync();

        Assert.True(found.Truncated);
        Assert.Equal(TranscriptReader.MaxPages, TokensAsked.Count);
    }

    [Fact]
    public async Task A_page_that_is_too_large_is_asked_for_again_with_fewer_paragraphs()
    {
        var tooLarge = Page(true, "t", new string('a', DingTalkHttp.MaxBodyBytes));
        Answer(Page(true, "t1", "a"), tooLarge, tooLarge, Page(true, "t2", "b"), Page(false, null, "c"));

        Assert.Equal(["a", "b", "c"], TextsOf(await FindAsync()));
        Assert.Equal(
            ["2000 ", "2000 t1", "500 t1", "125 t1", "125 t2"],
            SizesAsked.Zip(TokensAsked, static (size, token) => $"{size} {token}"));
    }

    [Fact]
    public async Task A_page_that_is_always_too_large_fails()
    {
        Answer(Page(true, "t", new string('a', DingTalkHttp.MaxBodyBytes)));

        Assert.Equal(TransportCodes.BodyTooLarge, Assert.IsType<TranscriptOutcome.Failed>(await ReadAsync("u1")).Error.Code);
        Assert.Equal(["2000", "500", "125", "31"], SizesAsked);
    }

    [Fact]
    public async Task A_failure_half_way_leaves_nothing()
    {
        Answer(Page(true, "t1", "a")).Answer(TextsPath, 500, """{"code":"systemError"}""");

        Assert.Equal("systemError", Assert.IsType<TranscriptOutcome.Failed>(await ReadAsync("u1")).Error.Code);
    }

    [Theory]
    [InlineData(400, """{"code":"cloudRecordNotFound"}""")]
    [InlineData(400, """{"code":"cloudRecordNotFound%!(EXTRA string=50513)"}""")]
    [InlineData(400, """{"code":"50513","message":"no record"}""")]
    [InlineData(400, """{"code":50513}""")]
    [InlineData(200, """{"errcode":50513,"errmsg":"no record"}""")]
    [InlineData(200, """{"success":false,"errorCode":"50513"}""")]
    public async Task Text_that_does_not_exist_is_not_found(int status, string body)
    {
        DingTalk.Answer(TextsPath, status, body);

        Assert.Equal(ErrorClass.NotReady, Assert.IsType<TranscriptOutcome.NotFound>(await ReadAsync("u1", "u2")).Error.Class);
        Assert.Equal(["u1"], UsersAsked);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hasMore":false,"paragraphList":[]}""")]
    [InlineData("""{"result":{"paragraphList":[]}}""")]
    public async Task A_list_without_a_paragraph_is_empty(string body)
    {
        Answer(body);

        Assert.Equal("u1", Assert.IsType<TranscriptOutcome.Empty>(await ReadAsync("u1", "u2")).UnionId);
        Assert.Equal(["u1"], UsersAsked);
    }

    [Fact]
    public async Task Users_are_asked_one_after_the_other_each_once_and_nobody_last()
    {
        DingTalk
            .Answer(TextsPath, 400, Refused)
            .Answer(TextsPath, 400, """{"code":"unknownUserError"}""")
            .Answer(TextsPath, 200, Page(false, null, "a"));

        Assert.Null((await FindAsync("u1", "u2", "u1")).UnionId);
        Assert.Equal(["u1", "u2", null], UsersAsked);
    }

    [Fact]
    public async Task The_user_who_may_see_it_is_told()
    {
        DingTalk.Answer(TextsPath, 400, Refused).Answer(TextsPath, 200, Page(false, null, "a"));

        Assert.Equal("u2", (await FindAsync("u1", "u2", "u3")).UnionId);
        Assert.Equal(["u1", "u2"], UsersAsked);
    }

    [Fact]
    public async Task Where_no_user_is_known_nobodys_name_is_tried()
    {
        Answer("{}");

        Assert.Null(Assert.IsType<TranscriptOutcome.Empty>(await ReadAsync()).UnionId);
        Assert.Equal([null], UsersAsked);
    }

    [Fact]
    public async Task A_user_who_is_refused_half_way_leaves_nothing_to_the_next()
    {
        Answer(Page(true, "t1", "a")).Answer(TextsPath, 400, Refused).Answer(TextsPath, 200, Page(false, null, "b"));

        Assert.Equal(["b"], TextsOf(await FindAsync("u1", "u2")));
        Assert.Equal([null, "t1", null], TokensAsked);
    }

    [Theory]
    [InlineData("permissionError", "permissionError")]
    [InlineData("paramsError", "unknownUserError")]
    [InlineData("systemError", "systemError")]
    public async Task Where_all_are_refused_the_error_that_tells_most_is_told(string toNobody, string expected)
    {
        DingTalk.Answer(TextsPath, 400, """{"code":"unknownUserError"}""").Answer(TextsPath, 400, $$"""{"code":"{{toNobody}}"}""");

        Assert.Equal(expected, Assert.IsType<TranscriptOutcome.Failed>(await ReadAsync("u1")).Error.Code);
        Assert.Equal(["u1", null], UsersAsked);
    }

    [Theory]
    [InlineData("systemError")]
    [InlineData("orgAccessForbidden")]
    [InlineData("resourceClose")]
    public async Task Another_error_is_no_reason_to_ask_in_another_name(string code)
    {
        DingTalk.Answer(TextsPath, 400, $$"""{"code":"{{code}}"}""");

        Assert.Equal(code, Assert.IsType<TranscriptOutcome.Failed>(await ReadAsync("u1", "u2")).Error.Code);
        Assert.Equal(["u1"], UsersAsked);
    }

    private IReadOnlyList<string?> TokensAsked => Asked("nextToken");

    private IReadOnlyList<string?> SizesAsked => Asked("maxResults");

    private IReadOnlyList<string?> UsersAsked => Asked("unionId");

    // The later a text's first letter, the later it was said.
    private static string Page(bool hasMore, string? token, params string[] texts) => JsonSerializer.Serialize(new
    {
        hasMore,
        nextToken = token,
        paragraphList = texts.Select(static text => new { startTime = (int)text[0], paragraph = text }),
    });

    private static IEnumerable<string> TextsOf(TranscriptOutcome.Found found) => found.Transcript.Paragraphs.Select(static p => p.Text);

    private IReadOnlyList<string?> Asked(string name)
        => [.. DingTalk.Calls.Select(call => HttpUtility.ParseQueryString(new Uri(Options.BaseAddress, call).Query)[name])];

    private ScriptedDingTalk Answer(params string[] pages)
    {
        foreach (var page in pages)
        {
            DingTalk.Answer(TextsPath, 200, page);
        }

        return DingTalk;
    }

    private async Task<TranscriptOutcome.Found> FindAsync(params string[] unionIds)
        => Assert.IsType<TranscriptOutcome.Found>(await ReadAsync(unionIds is [] ? ["u1"] : unionIds));

    // Whatever comes of it, the calls of all users are counted.
    private async Task<TranscriptOutcome> ReadAsync(params string[] unionIds)
    {
        var outcome = await new TranscriptReader(CreateClient()).ReadAsync("ding1", "conf-1", unionIds, Cancellation);
        Assert.Equal(DingTalk.Calls.Count(), outcome.Calls);
        return outcome;
    }
}
