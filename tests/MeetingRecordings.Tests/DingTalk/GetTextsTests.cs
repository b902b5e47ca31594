using MeetingRecordings.DingTalk;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.DingTalk;

public sealed class GetTextsTests : DingTalkTest
{
    private const string TextsPath = ConferencePath + "/cloudRecords/getTexts";

    [Fact]
    public async Task The_documented_answer_is_read_but_for_its_words()
    {
        DingTalk.Answer(
            TextsPath,
            200,
            """
            { "hasMore" : true, "paragraphList" : [ { "nextTtoken" : 1631172045153000, "status" : 1, "unionId" : "iPGoZxxx",
              "nickName" : "小钉", "recordId" : 290882268117, "startTime" : 7940, "endTime" : 7940, "paragraph" : "嘿！你好。",
              "sentenceList" : [ { "unionId" : "iPGoZxxx", "sentence" : "嘿！", "startTime" : 7940, "endTime" : 8200,
                "wordList" : [ { "word" : "嘿", "startTime" : 7940, "endTime" : 8000, "wordId" : "w1" } ] },
                { "sentence" : "你好。", "startTime" : 8200, "endTime" : 9000 } ] } ] }
            """);

        var page = await PageOf();

        Assert.Equal(("1631172045153000", true), (page.NextToken, page.HasMore));
        Assert.Equal(
            new Paragraph
            {
                Speaker = "小钉",
                UnionId = "iPGoZxxx",
                RecordId = "290882268117",
                StartMs = 7940,
                EndMs = 7940,
                Text = "嘿！你好。",
                Sentences = [new Sentence(7940, 8200, "嘿！"), new Sentence(8200, 9000, "你好。")],
            },
            Assert.Single(page.Paragraphs));
    }

    [Theory]
    [InlineData("u+/?&=1", "t 1&x=_2", 2000, "?direction=0&maxResults=2000&unionId=u%2B%2F%3F%26%3D1&nextToken=t%201%26x%3D_2")]
    [InlineData("u1", null, 500, "?direction=0&maxResults=500&unionId=u1")]
    [InlineData(null, "7", 2000, "?direction=0&maxResults=2000&nextToken=7")]
    [InlineData(null, null, 2000, "?direction=0&maxResults=2000")]
    public async Task The_call_is_the_documented_one(string? unionId, string? nextToken, int maxParagraphs, string query)
    {
        const string path = "/v1.0/conference/videoConferences/a%2Ab/cloudRecords/getTexts";
        DingTalk.Answer(path, 200, "{}");

        await CreateClient().GetTextsAsync(null, "a*b", unionId, nextToken, maxParagraphs, Cancellation);

        Assert.Equal(new SeenRequest(HttpMethod.Get, path, path + query, "token-1", null), DingTalk.Requests[^1]);
    }

    [Theory]
    [InlineData("""{"nextToken":"1631172045153000_7940","paragraphList":[{}]}""", "1631172045153000_7940")]
    [InlineData("""{"nextToken":1631172045153000,"paragraphList":[{}]}""", "1631172045153000")]
    [InlineData("""{"nextToken":99999999999999999999,"paragraphList":[{}]}""", "99999999999999999999")]
    [InlineData("""{"nextToken":"007","paragraphList":[{}]}""", "007")]
    [InlineData("""{"nextTtoken":"t2","paragraphList":[{}]}""", "t2")]
    [InlineData("""{"nextTtoken":17,"paragraphList":[{}]}""", "17")]
    [InlineData("""{"paragraphList":[{"nextTtoken":"t1"},{"nextTtoken":"t2"}]}""", "t2")]
    [InlineData("""{"paragraphList":[{"nextTtoken":1},{"nextTtoken":2},null]}""", "2")]
    [InlineData("""{"nextToken":"","nextTtoken":null,"paragraphList":[{"nextTtoken":"t1"}]}""", "t1")]
    [InlineData("""{"nextToken":"top","paragraphList":[{"nextTtoken":"t1"}]}""", "top")]
    [InlineData("""{"result":{"nextToken":"top","paragraphList":[{"nextTtoken":"t1"}]}}""", "top")]
    [InlineData("""{"result":{"nextTtoken":"top","paragraphList":[{}]}}""", "top")]
    [InlineData("""{"result":{"paragraphList":[{"nextTtoken":"t1"}]}}""", "t1")]
    [InlineData("""{"nextToken":"outside","result":{"paragraphList":[{"nextTtoken":"t1"}]}}""", "outside")]
    [InlineData("""{"paragraphList":[{"nextTtoken":"t1"},{}]}""", null)]
    [InlineData("""{"nextToken":0,"nextTtoken":"0","paragraphList":[{"nextTtoken":""}]}""", null)]
    [InlineData("""{"nextToken":{},"nextTtoken":[],"paragraphList":[{"nextTtoken":{}}]}""", null)]
    [InlineData("{}", null)]
    public async Task The_token_is_kept_as_it_stands_wherever_it_stands(string body, string? expected)
    {
        DingTalk.Answer(TextsPath, 200, body);

        Assert.Equal(expected, (await PageOf()).NextToken);
    }

    [Theory]
    [InlineData("""{"hasMore":true,"paragraphList":[]}""", true)]
    [InlineData("""{"hasMore":"false","paragraphList":[]}""", false)]
    [InlineData("""{"hasMore":1,"paragraphList":[]}""", true)]
    [InlineData("""{"result":{"hasMore":0,"paragraphList":[]}}""", false)]
    [InlineData("""{"hasMore":false,"result":{"paragraphList":[]}}""", false)]
    [InlineData("""{"hasMore":[],"paragraphList":[]}""", null)]
    [InlineData("""{"paragraphList":[]}""", null)]
    public async Task Whether_there_is_more_comes_in_several_spellings(string body, bool? expected)
    {
        DingTalk.Answer(TextsPath, 200, body);

        Assert.Equal(expected, (await PageOf()).HasMore);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"recordId":null,"unionId":null,"nickName":null,"startTime":null,"endTime":null,"paragraph":null,"sentenceList":null}""")]
    [InlineData("""{"recordId":{},"unionId":[],"nickName":{},"startTime":"soon","endTime":true,"paragraph":[1],"sentenceList":{"a":[]}}""")]
    [InlineData("""{"recordId":"","unionId":"","nickName":"","startTime":-1,"endTime":9223372036854775807,"paragraph":"","sentenceList":[]}""")]
    [InlineData("""{"nickName":"\ud83d","paragraph":"\ud83d","sentenceList":"none"}""")]
    [InlineData("""{"sentenceList":[null,"嘿",17,["a"]],"new":{"paragraph":"x"}}""")]
    public async Task A_field_that_is_absent_or_junk_is_not_known(string paragraph)
    {
        DingTalk.Answer(TextsPath, 200, $$"""{"paragraphList":[{{paragraph}}]}""");

        Assert.Equal(new Paragraph(), Assert.Single((await PageOf()).Paragraphs));
    }

    [Fact]
    public async Task Numbers_come_as_strings_and_ids_as_numbers_and_entries_that_are_none_are_skipped()
    {
        DingTalk.Answer(
            TextsPath,
            200,
            """{"paragraphList":[null,{"recordId":"r1","unionId":17,"startTime":"0","endTime":1e3,"paragraph":"a","sentenceList":[null,{"sentence":null,"startTime":"5"},{}]}]}""");

        Assert.Equal(
            new Paragraph
            {
                RecordId = "r1",
                UnionId = "17",
                StartMs = 0,
                EndMs = 1000,
                Text = "a",
                Sentences = [new Sentence(5, null, ""), new Sentence(null, null, "")],
            },
            Assert.Single((await PageOf()).Paragraphs));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"paragraphList":null}""")]
    [InlineData("""{"paragraphList":[]}""")]
    [InlineData("""{"hasMore":false}""")]
    [InlineData("""{"result":{}}""")]
    [InlineData("""{"result":{"hasMore":false},"success":true}""")]
    [InlineData("""{"result":{"paragraphList":[]},"requestId":"r-1"}""")]
    [InlineData("""{"code":"OK","paragraphList":[]}""")]
    public async Task No_paragraph_is_an_empty_list(string body)
    {
        DingTalk.Answer(TextsPath, 200, body);

        Assert.Empty((await PageOf()).Paragraphs);
    }

    [Theory]
    [InlineData("""{"requestId":"r-1"}""")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"data":{"paragraphList":[]}}""")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":true}""")]
    [InlineData("""{"result":[{"paragraph":"a"}]}""")]
    [InlineData("""{"result":{"texts":[]}}""")]
    [InlineData("""{"paragraphList":{}}""")]
    [InlineData("""{"paragraphList":["a"]}""")]
    [InlineData("""{"paragraphList":[null]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Another_shape_is_not_what_was_asked_for(string body)
    {
        DingTalk.Answer(TextsPath, 200, body);

        Assert.Equal(
            TransportCodes.UnreadableBody,
            (await CreateClient().GetTextsAsync("ding1", "conf-1", "u1", null, 2000, Cancellation)).Error?.Code);
    }

    private async Task<TextPage> PageOf()
        => Assert.IsType<ApiAnswer<TextPage>.Ok>(
            await CreateClient().GetTextsAsync("ding1", "conf-1", "u1", null, DingTalkClient.MaxParagraphs, Cancellation)).Value;
}
