using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Functions.Failed;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Tests.Failed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class OperatorFunctionsTests : HttpTest, IAsyncDisposable
{
    private readonly ReceiverDouble _poison = new();
    private readonly ReceiverDouble _deadLetters = new();
    private readonly FailedReceivers _receivers;
    private readonly ListLogger<FailedReplay> _replayLog = new();
    private readonly ListLogger<FailedDrop> _dropLog = new();

    public OperatorFunctionsTests() => _receivers = FailedMessagesTest.Receivers(_poison, _deadLetters);

    public async ValueTask DisposeAsync()
    {
        await _poison.DisposeAsync();
        await _deadLetters.DisposeAsync();
    }

    [Theory]
    [InlineData("?source=elsewhere", "source")]
    [InlineData("?max=0", "max")]
    [InlineData("?max=1001", "max")]
    [InlineData("?max=many", "max")]
    [InlineData("?from=-1", "from")]
    [InlineData("?from=99999999999999999999", "from")]
    public async Task A_list_with_a_bad_parameter_is_answered_with_a_problem_that_names_it(string query, string field)
        => await AssertProblemAsync(await ListAsync(query), field);

    [Fact]
    public async Task A_list_leaves_out_what_is_not_known()
    {
        _poison.Add(5, properties: new() { ["reason"] = "retriesSpent" });

        var (status, body) = await ExecuteAsync(await ListAsync("?source=poison&max=1&from=2"), "ListPoison");

        Assert.Equal(200, status);
        Assert.Equal("poison", body.RootElement.GetProperty("source").GetString());
        var message = Assert.Single(body.RootElement.GetProperty("messages").EnumerateArray());
        Assert.Equal(5, message.GetProperty("id").GetInt64());
        Assert.Equal("retriesSpent", message.GetProperty("reason").GetString());
        Assert.False(message.TryGetProperty("code", out _));
    }

    [Theory]
    [InlineData("""{"ids":[1],"all":true}""", "ids, reason, olderThan, all")]
    [InlineData("""{"all":false}""", "ids, reason, olderThan, all")]
    [InlineData("""{"ids":[]}""", "ids, reason, olderThan, all")]
    [InlineData("""{"reason":""}""", "ids, reason, olderThan, all")]
    [InlineData("""{"olderThan":"-01:00:00"}""", "olderThan")]
    [InlineData("""{"olderThan":"7"}""", "olderThan")]
    [InlineData("""{"olderThan":7}""", "olderThan")]
    [InlineData("{}", "ids, reason, olderThan, all")]
    [InlineData("""{"all":true,"max":0}""", "max")]
    [InlineData("""{"all":true,"max":1001}""", "max")]
    [InlineData("""{"all":true,"source":7}""", "source")]
    [InlineData("""{"all":true,"source":"elsewhere"}""", "source")]
    [InlineData("""{"ids":["one"]}""", "ids[0]")]
    [InlineData("""{"olderThan":"an hour"}""", "olderThan")]
    [InlineData("""{"all":true,"dry":true}""", "dry")]
    [InlineData("null", "$")]
    [InlineData("all", "$")]
    public async Task A_replay_that_is_not_plainly_meant_is_refused_and_nothing_is_replayed(string body, string field)
    {
        _poison.Add(1);

        await AssertProblemAsync(await ReplayAsync(body), field);

        Assert.Equal([1L], _poison.Left);
    }

    [Fact]
    public async Task A_replay_of_another_content_type_is_answered_415()
        => Assert.Equal(
            415,
            (await ExecuteAsync(
                await ReplayAsync(Request("""{"all":true}"""u8.ToArray(), contentType: "text/plain")),
                "ReplayPoison")).Status);

    [Fact]
    public async Task A_replay_is_answered_with_what_was_done_to_each_message()
    {
        _poison.Add(1);

        var (status, body) = await ExecuteAsync(await ReplayAsync("""{"ids":["1",2]}"""), "ReplayPoison");

        Assert.Equal(200, status);
        Assert.Equal(
            """
            {"source":"poison","dryRun":false,"results":[{"id":1,"outcome":"replayed","conferenceId":"conf-1","messageId":"conf-1:replay:1"},{"id":2,"outcome":"notFound","detail":"There is no such message, or somebody else has settled it."}],"more":false}
            """,
            body.RootElement.GetRawText());
    }

    [Fact]
    public async Task A_replay_does_as_it_is_told_and_no_more()
    {
        _poison.Add(1);
        _deadLetters.Add(2);
        _deadLetters.Add(3);

        var (_, body) = await ExecuteAsync(await ReplayAsync("""{"source":"deadletter","all":true,"max":1,"dryRun":true}"""), "ReplayPoison");

        Assert.Equal(
            """{"source":"deadletter","dryRun":true,"results":[{"id":2,"outcome":"wouldReplay","conferenceId":"conf-2"}],"more":true}""",
            body.RootElement.GetRawText());
        Assert.Equal([2L, 3L], _deadLetters.Left);
        Assert.Empty(Sent);
    }

    [Theory]
    [InlineData("""{"all":true,"max":1}""", 1)]
    [InlineData("""{"all":true,"max":1000}""", 101)]
    [InlineData("""{"olderThan":"00:00:00","max":1000}""", 101)]
    [InlineData("""{"all":true}""", 100)]
    public async Task A_replay_takes_what_its_limits_allow(string json, int replayed)
    {
        for (var id = 1; id <= 101; id++)
        {
            _poison.Add(id);
        }

        var (_, body) = await ExecuteAsync(await ReplayAsync(json), "ReplayPoison");

        Assert.Equal(replayed, body.RootElement.GetProperty("results").GetArrayLength());
        Assert.Equal(replayed, Sent.Count);
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task A_replay_names_at_most_a_hundred_ids(int ids, int status)
        => Assert.Equal(status, (await ExecuteAsync(await ReplayAsync($$"""{"ids":[{{string.Join(',', Enumerable.Range(1, ids))}}]}"""), "ReplayPoison")).Status);

    [Theory]
    [InlineData(200, 404)]
    [InlineData(201, 400)]
    public async Task A_reason_to_drop_has_at_most_200_characters(int length, int status)
        => Assert.Equal(status, (await ExecuteAsync(await DropAsync("1", $"?reason={new string('r', length)}"), "DropPoison")).Status);

    [Theory]
    [InlineData("?max=1001", "a number from 1 to 1000")]
    [InlineData("?from=-1", "a number from 0")]
    [InlineData("?max=0&from=-1", "a number from 1 to 1000")]
    public async Task A_number_that_is_none_is_answered_with_the_numbers_that_are(string query, string expected)
        => Assert.Equal(expected, (await ExecuteAsync(await ListAsync(query))).Body.RootElement.GetProperty("expected").GetString());

    [Fact]
    public async Task A_list_may_have_a_thousand_messages_and_only_those_of_a_reason()
    {
        _poison.Add(1, properties: new() { ["reason"] = "retriesSpent" });
        _poison.Add(2, properties: new() { ["reason"] = "quotaExhausted" });

        var (_, body) = await ExecuteAsync(await ListAsync("?max=1000&reason=quota"), "ListPoison");

        Assert.Equal(2, Assert.Single(body.RootElement.GetProperty("messages").EnumerateArray()).GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData("1", "", "reason")]
    [InlineData("1", "?reason=two%0Alines", "reason")]
    [InlineData("one", "?reason=garbage", "id")]
    [InlineData("-1", "?reason=garbage", "id")]
    [InlineData("1", "?reason=garbage&source=elsewhere", "source")]
    public async Task A_drop_without_an_id_or_a_loggable_reason_is_refused(string id, string query, string field)
    {
        _poison.Add(1);

        await AssertProblemAsync(await DropAsync(id, query), field);

        Assert.Equal([1L], _poison.Left);
    }

    [Fact]
    public async Task A_dropped_message_is_answered_204_once_and_404_then()
    {
        _poison.Add(1);

        Assert.Equal(204, ((IStatusCodeHttpResult)await DropAsync("1", "?reason=garbage")).StatusCode);
        Assert.Equal(404, (await ExecuteAsync(await DropAsync("1", "?reason=garbage"), "DropPoison")).Status);
    }

    [Theory]
    [InlineData("alice@example.com", "alice@example.com")]
    [InlineData("alice\r\nMessage 2 is dropped\u202e", "alice??Message 2 is dropped?")]
    [InlineData("", "somebody with a key")]
    [InlineData(null, "somebody with a key")]
    public async Task Who_asked_is_logged_as_the_platform_tells_it(string? header, string logged)
    {
        _poison.Add(1);
        _poison.Add(2);
        var replay = Request("""{"ids":[1]}""");
        var drop = Request("", "?reason=garbage");
        drop.RouteValues["id"] = "2";
        if (header is not null)
        {
            replay.Headers["X-MS-CLIENT-PRINCIPAL-NAME"] = header;
            drop.Headers["X-MS-CLIENT-PRINCIPAL-NAME"] = header;
        }

        await ReplayAsync(replay);
        await new DropPoison(new FailedDrop(_receivers, Clock, _dropLog)).RunAsync(drop, TestContext.Current.CancellationToken);

        Assert.Equal([$"Information: 1 of 1 messages are replayed from Poison by {logged}"], _replayLog.Lines);
        Assert.Equal([$"Warning: Message 2 of Poison, about conference conf-2, is dropped by {logged}: garbage"], _dropLog.Lines);
    }

    [Fact]
    public async Task A_message_that_another_receiver_holds_is_answered_409()
    {
        _poison.Add(1);
        _poison.Lock(1);

        Assert.Equal(409, (await ExecuteAsync(await DropAsync("1", "?reason=garbage"), "DropPoison")).Status);
    }

    [Theory]
    [InlineData("?status=Recorded", "status")]
    [InlineData("?endedOn=today", "endedOn")]
    [InlineData("?corpId=a%20b", "corpId")]
    [InlineData("?max=0", "max")]
    public async Task A_list_of_manifests_with_a_bad_parameter_is_answered_with_a_problem_that_names_it(string query, string field)
        => await AssertProblemAsync(
            await new ListManifests(new ManifestCatalog(Mock.Of<BlobContainerClient>())).RunAsync(Request("", query), TestContext.Current.CancellationToken), field);

    [Fact]
    public async Task A_page_of_manifests_that_Blob_Storage_does_not_know_is_answered_with_a_problem_that_names_where_it_begins()
    {
        var container = new Mock<BlobContainerClient>();
        container.Setup(c => c.GetBlobsAsync(BlobTraits.Tags, BlobStates.None, null, It.IsAny<CancellationToken>())).Returns(new RefusedPages());

        await AssertProblemAsync(
            await new ListManifests(new ManifestCatalog(container.Object)).RunAsync(Request("", "?from=nowhere"), TestContext.Current.CancellationToken), "from");
    }

    [Fact]
    public async Task A_manifest_of_something_that_is_no_conference_id_is_refused()
    {
        var request = Request("", "");
        request.RouteValues["conferenceId"] = "a/b";

        await AssertProblemAsync(
            await new GetManifest(new ManifestCatalog(Mock.Of<BlobContainerClient>())).RunAsync(request, TestContext.Current.CancellationToken), "conferenceId");
    }

    private static HttpRequest Request(string body, string query) => Request(Encoding.UTF8.GetBytes(body), query);

    private static async Task AssertProblemAsync(IResult result, string field)
    {
        var (status, body) = await ExecuteAsync(result);
        Assert.Equal(400, status);
        Assert.Equal(field, body.RootElement.GetProperty("field").GetString());
        Assert.NotEmpty(body.RootElement.GetProperty("expected").GetString()!);
    }

    private Task<IResult> ListAsync(string query) => new ListPoison(new FailedMessageList(_receivers, Clock)).RunAsync(Request("", query), TestContext.Current.CancellationToken);

    private Task<IResult> ReplayAsync(string body) => ReplayAsync(Request(body, ""));

    private Task<IResult> ReplayAsync(HttpRequest request)
        => new ReplayPoison(new FailedReplay(_receivers, Queue, null!, Clock, _replayLog))
            .RunAsync(request, TestContext.Current.CancellationToken);

    private Task<IResult> DropAsync(string id, string query)
    {
        var request = Request("", query);
        request.RouteValues["id"] = id;
        return new DropPoison(new FailedDrop(_receivers, Clock, NullLogger<FailedDrop>.Instance)).RunAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class RefusedPages : AsyncPageable<BlobItem>
    {
        public override async IAsyncEnumerable<Page<BlobItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await Task.Yield();
            yield return continuationToken == "nowhere" ? throw new RequestFailedException(400, "no", "OutOfRangeInput", null) : null!;
        }
    }
}
