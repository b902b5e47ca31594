using System.Globalization;
using System.Text.Json;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Tests.Recordings;

public sealed class TextTests : RecordingTest
{
    [Fact]
    public async Task Everything_that_was_said_comes_as_documented()
    {
        var conference = Tenant.AddConference();

        var (status, body) = await AskAsync(conference, "");

        Assert.Equal((200, false), (status, body.GetProperty("hasMore").GetBoolean()));
        Assert.Equal(["hasMore", "paragraphList"], body.EnumerateObject().Select(field => field.Name).Order());
        var paragraphs = body.GetProperty("paragraphList").EnumerateArray().ToArray();
        Assert.Equal(conference.Texts.Select(text => text.Text), paragraphs.Select(one => one.GetProperty("paragraph").GetString()));
        Assert.All(paragraphs, one => Assert.Equal(
            ["endTime", "nextTtoken", "nickName", "paragraph", "recordId", "sentenceList", "startTime", "status", "unionId"],
            one.EnumerateObject().Select(field => field.Name).Order()));
        var recordId = paragraphs[0].GetProperty("recordId").GetInt64();
        Assert.Equal(conference.Videos[0].RecordId, recordId.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(ApiOperation.Texts, Server.Ledger.Calls[^1].Operation);
    }

    [Fact]
    public void What_was_said_is_of_every_kind_that_may_break_something()
    {
        var texts = Tenant.AddConference().Texts;

        Assert.Contains(texts, text => text.Text.Contains("-->", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Text.Contains("<b>", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Text.Contains("\n\n", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Text.Length == 0);
        Assert.Contains(texts, text => text.UnionId.Length == 0);
        Assert.Contains(texts, text => text.StartTime == text.EndTime);
        Assert.Contains(texts.Zip(texts.Skip(1)), pair => pair.Second.StartTime < pair.First.EndTime);
    }

    public static TheoryData<TextTraits> Pagings =>
    [
        new TextTraits(),
        new TextTraits { TokenAsText = true },
        new TextTraits { TokenPlace = TokenPlace.Top },
        new TextTraits { TokenPlace = TokenPlace.TopMisspelt, TokenAsText = true },
        new TextTraits { Wrapped = true },
        new TextTraits { Wrapped = true, TokenPlace = TokenPlace.Top },
    ];

    [Theory]
    [MemberData(nameof(Pagings))]
    public async Task The_pages_are_all_that_was_said_wherever_the_token_stands(TextTraits traits)
    {
        var conference = Add(traits);
        var (read, query) = (new List<string?>(), "maxResults=5");
        for (var hasMore = true; hasMore;)
        {
            var (_, body) = await AskAsync(conference, query);
            var page = traits.Wrapped ? body.GetProperty("result") : body;
            var paragraphs = page.GetProperty("paragraphList");
            read.AddRange(paragraphs.EnumerateArray().Select(one => one.GetProperty("paragraph").GetString()));
            var token = traits.TokenPlace switch
            {
                TokenPlace.Top => page.GetProperty("nextToken"),
                TokenPlace.TopMisspelt => page.GetProperty("nextTtoken"),
                _ => paragraphs[paragraphs.GetArrayLength() - 1].GetProperty("nextTtoken"),
            };
            Assert.Equal(traits.TokenAsText ? JsonValueKind.String : JsonValueKind.Number, token.ValueKind);
            hasMore = page.GetProperty("hasMore").GetBoolean();
            query = $"maxResults=5&nextToken={token}";
        }

        Assert.Equal(conference.Texts.Select(text => text.Text), read);
    }

    [Fact]
    public async Task A_token_may_never_advance()
    {
        var conference = Add(new TextTraits { Stuck = true });

        var (_, first) = await AskAsync(conference, "maxResults=5");
        var token = first.GetProperty("paragraphList")[4].GetProperty("nextTtoken").GetInt64();
        var (_, second) = await AskAsync(conference, $"maxResults=5&nextToken={token}");

        Assert.True(second.GetProperty("hasMore").GetBoolean());
        Assert.Equal(token, second.GetProperty("paragraphList")[4].GetProperty("nextTtoken").GetInt64());
    }

    [Fact]
    public async Task It_can_be_read_backwards_and_from_a_time_on()
    {
        var conference = Tenant.AddConference();
        var start = conference.Texts[6].StartTime;

        var (_, backwards) = await AskAsync(conference, "direction=1&maxResults=3");
        var (_, later) = await AskAsync(conference, $"startTime={start}");
        var (_, earlier) = await AskAsync(conference, $"direction=1&startTime={start}");

        Assert.Equal(conference.Texts.Reverse().Take(3).Select(text => text.StartTime), TimesOf(backwards));
        Assert.Equal(conference.Texts.Select(text => text.StartTime).Where(time => time >= start), TimesOf(later));
        Assert.Equal(conference.Texts.Reverse().Select(text => text.StartTime).Where(time => time <= start), TimesOf(earlier));
    }

    [Theory]
    [InlineData("direction=0&nextToken=0")]
    [InlineData("direction=1&nextToken=0")]
    public async Task The_token_0_is_that_of_the_first_page_as_in_the_documented_sample(string query)
    {
        var (_, body) = await AskAsync(Tenant.AddConference(), query);

        Assert.Equal(12, TimesOf(body).Count());
    }

    [Theory]
    [InlineData("maxResults=0")]
    [InlineData("maxResults=2001")]
    [InlineData("maxResults=x")]
    [InlineData("startTime=x")]
    [InlineData("nextToken=x")]
    [InlineData("direction=2")]
    public async Task What_cannot_be_is_a_paramsError(string query)
    {
        Assert.Equal("paramsError", CodeOf(await AskAsync(Tenant.AddConference(), query)));
    }

    [Theory]
    [InlineData(NothingFound.Error, "cloudRecordNotFound")]
    [InlineData(NothingFound.ErrorWithJunk, "cloudRecordNotFound%!(EXTRA string=50513)")]
    [InlineData(NothingFound.EmptyList, null)]
    public async Task Where_nobody_spoke_there_is_nothing_in_the_form_that_is_wanted(NothingFound form, string? code)
    {
        var conference = Add(new TextTraits { Paragraphs = 0 });
        conference.Traits = conference.Traits with { NothingFound = form };

        var answer = await AskAsync(conference, "");

        Assert.Equal(code, CodeOf(answer));
        Assert.Equal(code is null, answer.Body.TryGetProperty("paragraphList", out _));
    }

    [Fact]
    public async Task There_is_text_once_the_summary_is_made()
    {
        var conference = Add(new TextTraits());
        conference.Traits = conference.Traits with { Times = new MeetingTimes { SummaryAfter = TimeSpan.FromMinutes(3) } };

        Assert.Equal("cloudRecordNotFound", CodeOf(await AskAsync(conference, "")));
        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(CodeOf(await AskAsync(conference, "")));
    }

    [Fact]
    public async Task Who_may_not_see_the_recordings_may_not_read_them_and_nobody_need_be_named()
    {
        var (conference, other) = (Tenant.AddConference(), Tenant.AddConference());

        Assert.Equal("permissionError", CodeOf(await GetAsync(conference, $"getTexts?unionId={other.CreatorUnionId}")));
        Assert.Equal("unknownUserError", CodeOf(await GetAsync(conference, "getTexts?unionId=nobody")));
        Assert.Null(CodeOf(await GetAsync(conference, "getTexts")));
    }

    [Fact]
    public async Task A_script_comes_first()
    {
        var conference = Tenant.AddConference();
        conference.TextScript.Add(ScriptedAnswer.ApiError.Of("resourceClose"));

        Assert.Equal("resourceClose", CodeOf(await AskAsync(conference, "")));
        Assert.Null(CodeOf(await AskAsync(conference, "")));
        Assert.Equal(2, conference.TextCalls);
    }

    private static string? CodeOf((int Status, JsonElement Body) answer)
        => answer.Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    private static IEnumerable<long> TimesOf(JsonElement body)
        => body.GetProperty("paragraphList").EnumerateArray().Select(one => one.GetProperty("startTime").GetInt64());

    private SimulatedConference Add(TextTraits texts)
        => Tenant.AddConference(new MeetingPlan { Traits = new MeetingTraits { Texts = texts } });

    private Task<(int Status, JsonElement Body)> AskAsync(SimulatedConference conference, string query)
        => GetAsync(conference, $"getTexts?unionId={conference.CreatorUnionId}&{query}");
}
