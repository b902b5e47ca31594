using System.Text.Json;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Http;
using MeetingRecordings.Notifications.Plain;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class MeetingsEndedTests : HttpTest
{
    private readonly ListLogger<MeetingsEnded> _logger = new();

    [Fact]
    public async Task One_notification_is_enqueued_and_answered_202()
    {
        var (status, body) = await PostAsync("""{"conferenceId":"conf-1","unionId":"union-1","corpId":"corp-1","endedAt":"2026-11-23T09:00:00+01:00"}""");

        Assert.Equal(202, status);
        var sent = Assert.Single(Sent);
        Assert.True(ConferenceMessageJson.Parse(sent.Body).Succeeded(out var message, out _));
        Assert.Equal(new ConferenceMessage("conf-1", "union-1", "corp-1", Now, Trigger.MeetingEnded), message);
        Assert.Equal(sent.MessageId, body.RootElement.GetProperty("accepted")[0].GetProperty("messageId").GetString());
        Assert.Equal("event", sent.ApplicationProperties["ended-at-source"]);
    }

    [Fact]
    public async Task The_good_of_a_mixed_array_are_enqueued_and_the_others_named()
    {
        var (status, body) = await PostAsync("""[{"conferenceId":"conf-1"},{"conferenceId":"../etc"},{"unionId":"u"},7]""");

        Assert.Equal(207, status);
        Assert.Single(Sent);
        var rejected = body.RootElement.GetProperty("rejected").EnumerateArray().ToArray();
        Assert.Equal([1, 2, 3], rejected.Select(static r => r.GetProperty("index").GetInt32()));
        Assert.Equal(
            ["conferenceId", "conferenceId", "$"],
            rejected.Select(static r => r.GetProperty("problem").GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_thousand_notifications_go_in_as_many_batches_as_they_need()
    {
        var ids = Enumerable.Range(0, 1000).Select(static i => $$"""{"conferenceId":"conf-{{i}}"}""");

        var (status, _) = await PostAsync($"[{string.Join(',', ids)}]");

        Assert.Equal(202, status);
        Assert.Equal(1000, Sent.Select(static m => m.MessageId).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"conf-1\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"conferenceId":null}""")]
    [InlineData("""{"conferenceId":5}""")]
    [InlineData("""{"conferenceId":"a/b"}""")]
    [InlineData("""{"conferenceId":"a..b"}""")]
    [InlineData("""{"conferenceId":"a\u0000b"}""")]
    [InlineData("""{"conferenceId":"\ud800"}""")]
    [InlineData("""{"conferenceId":"a","endedAt":"yesterday"}""")]
    [InlineData("""{"conferenceId":"a","endedAt":"2026-11-23T08:00:00"}""")]
    [InlineData("""{"conferenceId":"a","unionId":"has space"}""")]
    [InlineData("""[{"conferenceId":""},{"conferenceId":"/"}]""")]
    public async Task What_cannot_be_accepted_is_answered_400_and_not_enqueued(string json)
    {
        var (status, body) = await PostAsync(json);

        Assert.Equal(400, status);
        Assert.NotEqual("", body.RootElement.GetProperty("detail").GetString());
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task An_id_of_ten_thousand_characters_is_refused_without_being_repeated()
    {
        var (status, body) = await PostAsync($$"""{"conferenceId":"{{new string('x', 10_000)}}"}""");

        Assert.Equal(400, status);
        Assert.True(JsonSerializer.Serialize(body).Length < 1000);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_answered_413_whether_its_length_is_announced_or_not()
    {
        var large = new byte[1024 * 1024 + 1];
        var chunked = Request(large);
        chunked.ContentLength = null;

        Assert.Equal(413, (await PostAsync(Request(large))).Status);
        Assert.Equal(413, (await PostAsync(chunked)).Status);
    }

    [Fact]
    public async Task Another_content_type_is_answered_415()
        => Assert.Equal(415, (await PostAsync(Request("{}"u8.ToArray(), contentType: "text/plain"))).Status);

    [Fact]
    public async Task A_repeated_request_with_its_Idempotency_Key_has_the_same_message_ids()
    {
        var first = Request("""{"conferenceId":"conf-1"}""");
        var again = Request("""{"conferenceId":"conf-1"}""");
        first.Headers["Idempotency-Key"] = again.Headers["Idempotency-Key"] = "key-1";

        await PostAsync(first);
        await PostAsync(again);
        await PostAsync("""{"conferenceId":"conf-1"}""");

        Assert.Equal(Sent[0].MessageId, Sent[1].MessageId);
        Assert.NotEqual(Sent[0].MessageId, Sent[2].MessageId);
    }

    [Fact]
    public async Task A_send_that_fails_is_answered_503()
    {
        SendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        Assert.Equal(503, (await PostAsync("""{"conferenceId":"conf-1"}""")).Status);
        Assert.Equal(503, (await PostAsync("""[{"conferenceId":"conf-1"},{"conferenceId":"conf-2"}]""")).Status);
    }

    [Fact]
    public async Task Of_a_thousand_of_which_some_cannot_be_enqueued_the_answer_names_what_was_and_what_was_not()
    {
        BatchCapacity = 10;
        Spoils = static m => m.MessageId.StartsWith("conf-500:", StringComparison.Ordinal) || m.MessageId.StartsWith("conf-7:", StringComparison.Ordinal);
        var ids = Enumerable.Range(0, 999).Select(static i => $$"""{"conferenceId":"conf-{{i}}"}""").Prepend("""{"conferenceId":"a/b"}""");

        var (status, body) = await PostAsync($"[{string.Join(',', ids)}]");

        Assert.Equal(503, status);
        var accepted = body.RootElement.GetProperty("accepted").EnumerateArray().ToArray();
        Assert.Equal(
            Sent.Select(static m => m.MessageId).Order(),
            accepted.Select(static a => a.GetProperty("messageId").GetString()).Order());
        var indexes = body.RootElement.GetProperty("rejected").EnumerateArray().Select(static r => r.GetProperty("index").GetInt32()).ToArray();
        Assert.Equal(indexes.Order(), indexes);
        var rejected = body.RootElement.GetProperty("rejected").EnumerateArray()
            .ToLookup(static r => r.GetProperty("problem").GetProperty("status").GetInt32(), static r => r.GetProperty("index").GetInt32());
        Assert.Equal([0], rejected[400]);
        Assert.Contains(8, rejected[503]);
        Assert.Contains(501, rejected[503]);
        Assert.InRange(rejected[503].Count(), 2, 20);
        Assert.Equal(
            Enumerable.Range(0, 1000),
            accepted.Select(static a => a.GetProperty("index").GetInt32()).Concat(rejected[400]).Concat(rejected[503]).Order());
    }

    [Theory]
    [InlineData("application/json", """{"conferenceId":"conf-1"}""")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"e","source":"s","type":"t","data":{"conferenceId":"conf-1"}}""")]
    public async Task A_byte_order_mark_before_the_body_is_passed_over(string contentType, string json)
        => Assert.Equal(202, (await PostAsync(Request([.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(json)], contentType: contentType))).Status);

    [Theory]
    [InlineData("[", "1 malformed", null)]
    [InlineData("{}", "1 malformed", null)]
    [InlineData("""[{"conferenceId":"conf-1"},{"conferenceId":"conf-2"},{"conferenceId":"../etc"}]""", "1 malformed, 2 enqueued", "Information: 2 plain notifications are enqueued, 1 are rejected")]
    public async Task What_became_of_notifications_is_counted_and_told(string json, string outcomes, string? line)
    {
        using var seen = new SeenTelemetry();

        await PostAsync(json);

        Assert.Equal(outcomes, string.Join(", ", seen.Notifications.Select(static n => $"{n.Count} {n.Tags["outcome=".Length..]}")));
        seen.SpanOf("receive notifications");
        Assert.Equal(line is null ? [] : [line], _logger.Lines);
    }

    [Fact]
    public async Task Notifications_that_are_not_enqueued_are_counted_and_told()
    {
        SendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);
        using var seen = new SeenTelemetry();

        await PostAsync("""[{"conferenceId":"conf-1"},{"conferenceId":"conf-2"}]""");

        Assert.Equal([(2, "outcome=notEnqueued")], seen.Notifications);
        Assert.StartsWith("Error: 2 of 2 plain notifications could not be enqueued", Assert.Single(_logger.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_which_nothing_is_good_is_answered_with_what_is_wrong_with_each()
    {
        var (_, body) = await PostAsync("""[{"conferenceId":""},{}]""");

        Assert.Equal([0, 1], body.RootElement.GetProperty("rejected").EnumerateArray().Select(static r => r.GetProperty("index").GetInt32()));
    }

    [Theory]
    [InlineData(1, 202)]
    [InlineData(256, 202)]
    [InlineData(257, 400)]
    public async Task An_Idempotency_Key_has_1_to_256_characters(int length, int status)
    {
        var request = Request("""{"conferenceId":"conf-1"}""");
        request.Headers["Idempotency-Key"] = new string('k', length);

        Assert.Equal(status, (await PostAsync(request)).Status);
    }

    private Task<(int Status, JsonDocument Body)> PostAsync(string json) => PostAsync(Request(json));

    private async Task<(int Status, JsonDocument Body)> PostAsync(HttpRequest request)
        => await ExecuteAsync(await new MeetingsEnded(new WebhookVerifier([], TimeSpan.Zero, Clock), new NotificationIntake(Queue, _logger)).RunAsync(request, TestContext.Current.CancellationToken), "MeetingsEnded");
}
