using System.Text.Json;
using DingTalkSimulator.Pushing;
using MeetingRecordings.Notifications.Callbacks;
using MeetingRecordings.Notifications.Events;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Tests.Pushing;

public sealed class DeliveryTests : SimulatorTest
{
    private const string FailedList = "call_back/get_call_back_failed_result?access_token=";

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SecondWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PushTimeout = TimeSpan.FromMilliseconds(2500);

    public static TheoryData<string, string> WrongAnswers => new()
    {
        { "500", "HTTP 500" },
        { "302", "HTTP 302" },
        { "202", "HTTP 202" },
        { "success", "no JSON" },
        { "[]", "no JSON object" },
        { "{}", "msg_signature: expected a string" },
        { "without timeStamp", "timeStamp: expected a string" },
        { "timeStamp as number", "timeStamp: expected a string" },
        { "another signature", "msg_signature: it does not match" },
        { "another word", "the word success" },
        { "another owner", "another owner key" },
        { "another key", "cannot be decrypted" },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task An_answer_that_is_not_right_in_all_is_no_delivery(string answer, string detail)
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        callback.Answers.Enqueue((context, reading) => AnswerAsync(context, answer, callback.SuccessFor(reading)));
        var conference = Tenant.AddConference();

        var push = Server.Pusher.PushEndedAsync(conference.Id, callback.Url, Stop);
        await Clock.PassAsync(FirstWait, Stop);

        Assert.Equal(new PushResult(true, 2, 200, null), await push);
        var failed = Server.Ledger.PushesOf(conference.Id)[0];
        Assert.Equal((1, false, false), (failed.Attempt, failed.Delivered, failed.GivenUp));
        Assert.Contains(detail, failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_that_fails_is_tried_after_10_and_after_30_seconds_with_the_same_bytes_and_then_listed()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        FailTimes(callback, 3);
        var conference = Tenant.AddConference();

        var push = Server.Pusher.PushEndedAsync(conference.Id, callback.Url, Stop);
        await Clock.PassAsync(FirstWait, Stop);
        await Clock.PassAsync(SecondWait, Stop);

        Assert.Equal(new PushResult(false, 3, 500, "HTTP 500; expected 200."), await push);
        Assert.Equal(
            [Now, Now + FirstWait, Now + FirstWait + SecondWait],
            Server.Ledger.PushesOf(conference.Id).Select(attempt => attempt.At));
        Assert.Single(callback.Requests.Distinct());
        var totals = Server.Ledger.Totals;
        Assert.Equal((1, 0, 2, 1), (totals.Pushes, totals.PushesDelivered, totals.PushRetries, totals.PushesFailed));

        using var list = await ReadFailedAsync(await GetTokenAsync());
        var failed = list.RootElement.GetProperty("failed_list")[0];
        Assert.Equal("meeting_status_change", failed.GetProperty("call_back_tag").GetString());
        Assert.Equal(conference.EndedAt.ToUnixTimeMilliseconds(), failed.GetProperty("event_time").GetInt64());
        var inner = failed.GetProperty("meeting_status_change");
        Assert.Equal(Server.Options.CorpId, inner.GetProperty("corpid").GetString());
        var plaintext = System.Text.Encoding.UTF8.GetBytes(inner.GetProperty("callbackData").GetRawText());
        var notified = Assert.IsType<DingTalkEvent.Notified>(DingTalkEventReader.Read(plaintext));
        Assert.Equal(conference.Id, notified.Notification.Message.ConferenceId);
    }

    [Fact]
    public async Task A_callback_that_does_not_answer_in_time_or_at_all_is_tried_again()
    {
        await using var callback = await Callback.StartAsync(Server.Options);
        callback.Answers.Enqueue((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        callback.Answers.Enqueue((context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var push = Server.Pusher.PushEndedAsync(Tenant.AddConference().Id, callback.Url, Stop);
        await callback.Readings.ReadAsync(Stop);
        await Clock.PassAsync(PushTimeout, Stop);
        await Clock.PassAsync(FirstWait, Stop);
        await Clock.PassAsync(SecondWait, Stop);

        Assert.Equal(new PushResult(true, 3, 200, null), await push);
        Assert.Equal([null, null, 200], Server.Ledger.Pushes.Select(attempt => attempt.StatusCode));
    }

    [Fact]
    public async Task Nobody_listening_is_a_failed_push()
    {
        var callback = await Callback.StartAsync(Server.Options);
        var url = callback.Url;
        await callback.DisposeAsync();

        var push = Server.Pusher.PushAsync(PushedEvent.CheckUrl, null, url, Stop);
        await Clock.PassAsync(FirstWait, Stop);
        await Clock.PassAsync(SecondWait, Stop);

        Assert.False((await push).Delivered);
    }

    [Fact]
    public async Task Reading_the_failed_list_drops_what_the_reading_before_gave()
    {
        const int Failed = 201;
        await using var callback = await Callback.StartAsync(Server.Options);
        FailTimes(callback, 3 * Failed);
        for (var number = 0; number < Failed; number++)
        {
            var push = Server.Pusher.PushEndedAsync(Tenant.AddConference().Id, callback.Url, Stop);
            await Clock.PassAsync(FirstWait, Stop);
            await Clock.PassAsync(SecondWait, Stop);
            await push;
        }

        var token = await GetTokenAsync();
        using var first = await ReadFailedAsync(token);
        using var second = await ReadFailedAsync(token);
        using var third = await ReadFailedAsync(token);

        Assert.Equal((200, true), Size(first));
        Assert.Equal((1, false), Size(second));
        Assert.Equal((0, false), Size(third));
    }

    [Fact]
    public async Task The_failed_list_wants_a_token_and_refuses_in_the_older_apis_way()
    {
        using var refusal = await ReadFailedAsync("wrong");

        Assert.Equal(88, refusal.RootElement.GetProperty("errcode").GetInt32());
        Assert.Equal("40014", refusal.RootElement.GetProperty("sub_code").GetString());
    }

    private static (int Count, bool HasMore) Size(JsonDocument list)
        => (list.RootElement.GetProperty("failed_list").GetArrayLength(), list.RootElement.GetProperty("has_more").GetBoolean());

    private static void FailTimes(Callback callback, int times)
    {
        for (var time = 0; time < times; time++)
        {
            callback.Answers.Enqueue((context, _) =>
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            });
        }
    }

    private static async Task AnswerAsync(HttpContext context, string answer, CallbackAnswer right)
    {
        var otherKey = new string('A', 43);
        var body = answer switch
        {
            "500" or "302" or "202" => Json(right),
            "without timeStamp" => Json(right).Replace("timeStamp", "timestamp", StringComparison.Ordinal),
            "timeStamp as number" => Json(right).Replace($"\"{right.TimeStamp}\"", right.TimeStamp, StringComparison.Ordinal),
            "another signature" => Json(right with { MsgSignature = new string('0', 40) }),
            "another word" => Json(Sign(Encrypt(DevelopmentCredentials.EncodingAesKey, "failure", DevelopmentCredentials.AppKey))),
            "another owner" => Json(Sign(Encrypt(DevelopmentCredentials.EncodingAesKey, "success", "dingother"))),
            "another key" => Json(Sign(Encrypt(otherKey, "success", DevelopmentCredentials.AppKey))),
            _ => answer,
        };
        context.Response.StatusCode = int.TryParse(answer, out var status) ? status : 200;
        context.Response.Headers.Location = status == 302 ? "/events" : default;
        await context.Response.WriteAsync(body);

        CallbackAnswer Sign(string encrypted) => right with
        {
            Encrypt = encrypted,
            MsgSignature = CallbackSignature.Sign(DevelopmentCredentials.CallbackToken, right.TimeStamp, right.Nonce, encrypted),
        };

        static string Encrypt(string key, string word, string owner) => new CallbackCipher(key).Encrypt(System.Text.Encoding.UTF8.GetBytes(word), owner);

        static string Json(CallbackAnswer value) => System.Text.Encoding.UTF8.GetString(value.ToJson());
    }

    private async Task<JsonDocument> ReadFailedAsync(string token)
        => JsonDocument.Parse(await Http.GetByteArrayAsync(FailedList + token, Stop));
}
