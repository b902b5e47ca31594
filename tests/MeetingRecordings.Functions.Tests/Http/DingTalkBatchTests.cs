using MeetingRecordings.Functions.Http;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Tests.Queues;
using MeetingRecordings.Notifications.Callbacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>What a third-party app is pushed, and what becomes of a push when its keeping takes too long.</summary>
public sealed class DingTalkBatchTests : HttpTest
{
    private const string Token = "tokenxxxx";
    private static readonly CallbackCipher Cipher = new("o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus");

    [Fact]
    public async Task Every_event_of_a_batch_is_enqueued_and_a_bad_one_spoils_no_other()
    {
        var (status, _) = await PostAsync(Batch("SYNC_HTTP_PUSH_MEDIUM", Closed("conf-1"), Closed("../etc"), """{"syncAction":"user_add_org"}""", "junk", Closed("conf-2")));

        Assert.Equal(200, status);
        Assert.Equal(["conf-1:ended", "conf-2:ended"], Sent.Select(static m => m.MessageId).Order());
    }

    [Fact]
    public async Task A_batch_in_which_nothing_can_be_read_is_answered_400()
    {
        var (status, body) = await PostAsync(Batch("SYNC_HTTP_PUSH_MEDIUM", "junk", Closed("../etc")));

        Assert.Equal(400, status);
        Assert.Equal("$", body.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_batch_that_is_enqueued_in_part_is_answered_503()
    {
        BatchCapacity = 1;
        SendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        Assert.Equal(503, (await PostAsync(Batch("SYNC_HTTP_PUSH_MEDIUM", Closed("conf-1"), Closed("conf-2")))).Status);
    }

    [Fact]
    public async Task A_ticket_within_a_batch_is_kept_for_the_configured_app()
    {
        var (status, _) = await PostAsync(Batch("SYNC_HTTP_PUSH_HIGH", """{"syncAction":"suite_ticket","suiteTicket":"ticket-1"}"""));

        Assert.Equal(200, status);
        Assert.Equal(new SuiteTicket("ticket-1", Now.AddSeconds(-5)), TicketStore.Kept[SuiteKey]);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task A_ticket_without_a_time_counts_from_now()
    {
        await PostAsync("""{"EventType":"suite_ticket","SuiteKey":"suite-1","SuiteTicket":"ticket-1"}""");

        Assert.Equal(Now, TicketStore.Kept[SuiteKey].ReceivedAt);
    }

    [Fact]
    public async Task Another_apps_ticket_is_answered_and_not_kept()
    {
        var (status, _) = await PostAsync("""{"EventType":"suite_ticket","SuiteKey":"suite-2","SuiteTicket":"ticket-1"}""");

        Assert.Equal(200, status);
        Assert.Empty(TicketStore.Kept);
    }

    [Fact]
    public async Task A_ticket_that_cannot_be_kept_is_answered_503_so_that_DingTalk_pushes_again()
    {
        TicketStore.Before = static _ => Task.FromException(new IOException("down"));

        Assert.Equal(503, (await PostAsync("""{"EventType":"suite_ticket","SuiteTicket":"ticket-1"}""")).Status);
    }

    [Fact]
    public async Task A_ticket_store_that_hangs_is_given_up_at_the_deadline()
    {
        var asked = new TaskCompletionSource();
        TicketStore.Before = async token =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var answer = PostAsync("""{"EventType":"suite_ticket","SuiteTicket":"ticket-1"}""");
        await asked.Task;

        Clock.Advance(PushIntake.AnswerDeadline);

        Assert.Equal(503, (await answer).Status);
    }

    [Fact]
    public async Task A_queue_that_hangs_is_given_up_at_the_deadline()
    {
        var held = new HeldSender();
        var answer = PostAsync("""{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1"}}""",
            new ConferenceQueue(new BatchingSender(held.Sender, Clock), Clock));
        await held.NextAsync();

        Clock.Advance(PushIntake.AnswerDeadline);

        Assert.Equal(503, (await answer).Status);
        held.LetGo();
    }

    private static string Closed(string conferenceId)
        => $$$"""{"syncAction":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{conferenceId}}}"}}""";

    private static string Batch(string eventType, params string[] events)
    {
        var rows = events.Select(data => $$"""{"gmt_create":{{Now.AddSeconds(-5).ToUnixTimeMilliseconds()}},"corp_id":"corp-1","biz_data":{{JsonSerializer.Serialize(data)}}}""");
        return $$"""{"EventType":"{{eventType}}","bizData":[{{string.Join(',', rows)}}]}""";
    }

    private async Task<(int Status, JsonDocument Body)> PostAsync(string plaintext, ConferenceQueue? queue = null)
    {
        var encrypted = Cipher.Encrypt(Encoding.UTF8.GetBytes(plaintext), SuiteKey);
        var timestamp = Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.Sign(Token, timestamp, "nonce-1", encrypted);
        HttpRequest request = Request(
            JsonSerializer.SerializeToUtf8Bytes(new { encrypt = encrypted }),
            $"?signature={signature}&timeStamp={timestamp}&nonce=nonce-1");
        var reader = new CallbackVerifier(
            [new CallbackKeys(Token, Cipher, "app-key"), new CallbackKeys(Token, Cipher, SuiteKey)], TimeSpan.FromMinutes(10), Clock);
        var function = new DingTalkEvents(reader, new PushIntake(queue ?? Queue, Tickets, Clock, NullLogger<DingTalkEvents>.Instance), Clock);
        return await ExecuteAsync(await function.RunAsync(request, TestContext.Current.CancellationToken), "DingTalkEvents");
    }
}
