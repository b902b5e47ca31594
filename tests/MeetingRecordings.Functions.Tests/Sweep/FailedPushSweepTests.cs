using System.Net;
using System.Text;
using Azure;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Sweep;
using MeetingRecordings.Tests.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;

namespace MeetingRecordings.Functions.Tests.Sweep;

public sealed class FailedPushSweepTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    // Time moves on at every look at it, so that waits between tries end.
    private static readonly ConferenceMessage SweptMessage =
        new("conf-1", "union-1", "corp-1", DateTimeOffset.FromUnixTimeMilliseconds(1663143335567), Trigger.MeetingEnded)
        {
            Meeting = new MeetingDetails { OrganizerUnionId = "union-1" },
        };

    private readonly FakeTimeProvider _clock = new(Now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly Queue<string> _pages = [];
    private readonly List<int> _reads = [];
    private readonly List<ServiceBusMessage> _sent = [];
    private readonly ListLogger<FailedPushSweep> _logger = new();
    private readonly FailedPushStoreInMemory _store = new();
    private readonly FailedPushSweep _sweep;
    private readonly DingTalkHttp _http;
    private readonly TaskCompletionSource _refusal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _sendFailure;
    private bool _refusesToken;

    public FailedPushSweepTests()
    {
        var options = new DingTalkOptions(new Uri("http://dingtalk.test/"), "key", "secret") { QuickRetries = 1, QuickRetryDelay = TimeSpan.Zero };
        _http = new DingTalkHttp(AnsweringHandler.CreateClient(Answer), options, _clock);
        var sender = new SenderDouble(Take).Sender;
        _sweep = new FailedPushSweep(
            new FailedPushClient(_http, new AccessTokens(_http, options, _clock), new Uri("http://old.test/")),
            _store,
            // A clock of its own, which stands: the waits between the tries must not use up the queue's deadline.
            QueueOver.Sender(sender, new FakeTimeProvider(_clock.GetUtcNow())),
            QueueOver.FirstLooks,
            new CallBudget(null, null!, _clock),
            _clock,
            _logger);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sweep.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Every_page_is_on_the_queue_before_the_next_is_asked_for()
    {
        _pages.Enqueue(Page(true, Ended("conf-1"), Ended("conf-2")));
        _pages.Enqueue(Page(false, Ended("conf-3")));

        Assert.Equal(3, await _sweep.RunAsync(Cancellation));

        Assert.Equal([0, 2], _reads);
    }

    [Fact]
    public async Task What_was_swept_is_counted_and_told()
    {
        _pages.Enqueue(Page(false, Ended("conf-1"), Ended("conf-2")));
        using var seen = new SeenTelemetry();

        await _sweep.RunAsync(Cancellation);

        Assert.Equal([(2, "outcome=swept")], seen.Notifications);
        Assert.Equal(["Information: 2 conferences are enqueued whose pushes had failed"], _logger.Lines);
    }

    [Fact]
    public async Task A_list_that_has_no_end_is_left_for_the_next_run_after_fifty_pages()
    {
        foreach (var page in Enumerable.Range(0, 100))
        {
            _pages.Enqueue(Page(true, Ended($"conf-{page}")));
        }

        Assert.Equal(50, await _sweep.RunAsync(Cancellation));

        Assert.Equal(50, _reads.Count);
    }

    [Fact]
    public async Task A_swept_event_becomes_the_message_that_its_push_would_have_become()
    {
        _pages.Enqueue(Page(false, Ended("conf-1")));

        await _sweep.RunAsync(Cancellation);

        var sent = Assert.Single(_sent);
        Assert.Equal("conf-1:ended", sent.MessageId);
        Assert.True(ConferenceMessageJson.Parse(sent.Body).Succeeded(out var message, out _));
        Assert.Equal(SweptMessage, message);
    }

    [Theory]
    [InlineData("""{"changeScene":"conference_closed","openConfModel":{"conferenceId":"conf-1","creatorId":"union-1"}}""")]
    [InlineData(""" "{\"EventType\":\"meeting_status_change\",\"CorpId\":\"corp-1\",\"EventTime\":1663143335567,\"changeScene\":\"conference_closed\",\"openConfModel\":{\"conferenceId\":\"conf-1\",\"creatorId\":\"union-1\"}}" """)]
    public async Task An_event_is_read_with_its_envelope_beside_it_and_as_a_string(string content)
    {
        _pages.Enqueue(Page(false, Item("meeting_status_change", content)));

        await _sweep.RunAsync(Cancellation);

        Assert.True(ConferenceMessageJson.Parse(Assert.Single(_sent).Body).Succeeded(out var message, out _));
        Assert.Equal(SweptMessage, message);
    }

    [Theory]
    [InlineData("""{"meeting_status_change":{"bpmsCallBackData":{EVENT},"corpid":"corp-1"},"call_back_tag":"meeting_status_change","event_time":1663143335567}""")]
    [InlineData("""{"meeting_status_change":{"roleLabelChange":{EVENT},"corpid":"corp-1"},"call_back_tag":"meeting_status_change","event_time":1663143335567}""")]
    [InlineData("""{"meeting_status_change":{EVENT,"corpid":"corp-1"},"call_back_tag":"meeting_status_change","event_time":1663143335567}""")]
    [InlineData("""{EVENT,"corpid":"corp-1","call_back_tag":"meeting_status_change","event_time":1663143335567}""")]
    public async Task An_event_is_read_wherever_it_stands_in_its_item(string item)
    {
        const string Event = "\"changeScene\":\"conference_closed\",\"openConfModel\":{\"conferenceId\":\"conf-1\",\"creatorId\":\"union-1\"}";
        _pages.Enqueue(Page(false, item.Replace("EVENT", Event, StringComparison.Ordinal)));

        await _sweep.RunAsync(Cancellation);

        Assert.True(ConferenceMessageJson.Parse(Assert.Single(_sent).Body).Succeeded(out var message, out _));
        Assert.Equal(SweptMessage, message);
        Assert.Empty(_store.Unread);
    }

    [Theory]
    [InlineData("7", "")]
    [InlineData("""{"callbackData":{}}""", "")]
    [InlineData("""{"call_back_tag":"meeting_status_change","meeting_status_change":{"corpid":"corp-1","unheardOf":{}}}""", "meeting_status_change")]
    [InlineData("""{"call_back_tag":"flash_minutes_open_event","event_time":1}""", "flash_minutes_open_event")]
    public async Task What_cannot_be_read_is_kept_as_it_came_and_told(string item, string eventType)
    {
        _pages.Enqueue(Page(false, item, Ended("conf-1")));

        Assert.Equal(1, await _sweep.RunAsync(Cancellation));

        Assert.Equal([item], _store.Unread);
        Assert.Contains($"Error: A failed push of type '{eventType}' cannot be read; it is kept in unread/1", _logger.Lines);
        Assert.Empty(_store.Pages);
    }

    [Fact]
    public async Task A_list_that_is_none_is_kept_as_it_came()
    {
        _pages.Enqueue("""{"errcode":0,"has_more":false,"failed_list":{"next":[1]}}""");

        await _sweep.RunAsync(Cancellation);

        Assert.Equal(["""{"next":[1]}"""], _store.Unread);
    }

    [Fact]
    public async Task A_page_is_kept_before_it_is_enqueued_and_let_go_of_thereafter()
    {
        _pages.Enqueue(Page(false, Ended("conf-1"), Item("user_add_org", "{}")));
        _sendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        var failing = _sweep.RunAsync(Cancellation);
        await DriveAsync(failing);
        await Assert.ThrowsAsync<ServiceBusException>(() => failing);

        // What another app of the organisation subscribes to is none of ours.
        Assert.Equal([$"[{Ended("conf-1")}]"], _store.Pages);
        Assert.Contains("Error: Conferences whose pushes had failed could not be enqueued; the next run tries again. They are kept in pages/1: conf-1", _logger.Lines);
    }

    [Fact]
    public async Task A_page_that_another_host_has_left_is_enqueued_before_DingTalk_is_asked()
    {
        await _store.KeepAsync(FailedPushList.Read(Encoding.UTF8.GetBytes($"[{Ended("conf-1")}]")), Cancellation);
        _pages.Enqueue(Page(false));

        Assert.Equal(1, await _sweep.RunAsync(Cancellation));

        Assert.Equal([1], _reads);
        Assert.Empty(_store.Pages);
    }

    [Fact]
    public async Task DingTalk_is_not_asked_while_nothing_can_be_kept_for_it_would_forget()
    {
        _store.IsAway = true;

        await Assert.ThrowsAsync<RequestFailedException>(() => _sweep.RunAsync(Cancellation));

        Assert.Empty(_reads);
    }

    [Fact]
    public async Task A_page_that_can_no_longer_be_kept_is_enqueued_all_the_same_if_need_be_by_the_next_run()
    {
        _pages.Enqueue(Page(true, Ended("conf-1")));
        _pages.Enqueue(Page(false));
        _store.KeepsNothing = true;
        _sendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);
        var failing = _sweep.RunAsync(Cancellation);
        await DriveAsync(failing);
        await Assert.ThrowsAsync<ServiceBusException>(() => failing);
        Assert.Contains(_logger.Lines, static line => line.EndsWith("back-fill them if the app ends before: conf-1", StringComparison.Ordinal));

        _sendFailure = null;

        Assert.Equal(1, await _sweep.RunAsync(Cancellation));
        Assert.Equal(0, await _sweep.RunAsync(Cancellation));
    }

    [Fact]
    public async Task A_page_of_nothing_that_is_for_us_is_not_kept()
    {
        _store.KeepsNothing = true;
        _pages.Enqueue(Page(false, Item("user_add_org", "{}"), Item("bpms_task_change", "null")));

        Assert.Equal(0, await _sweep.RunAsync(Cancellation));

        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task Events_that_are_not_for_us_are_passed_over_and_unusable_ones_are_kept()
    {
        _pages.Enqueue(Page(
            false,
            Item("user_add_org", """{"EventType":"user_add_org","userId":["1"]}"""),
            Item("bpms_task_change", "null"),
            Item("meeting_status_change", """{"EventType":"meeting_status_change","changeScene":"conference_closed","openConfModel":{"conferenceId":"a/b"}}"""),
            "7",
            Ended("conf-1")));

        Assert.Equal(1, await _sweep.RunAsync(Cancellation));

        Assert.Equal(2, _store.Unread.Count);
    }

    [Fact]
    public async Task A_page_that_the_queue_does_not_take_is_tried_first_by_the_next_run_and_no_other_is_asked_for()
    {
        _pages.Enqueue(Page(true, Ended("conf-1")));
        _pages.Enqueue(Page(false));
        _sendFailure = new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy);

        var failing = _sweep.RunAsync(Cancellation);
        await DriveAsync(failing);
        await Assert.ThrowsAsync<ServiceBusException>(() => failing);
        Assert.Equal([0], _reads);
        Assert.Contains(_logger.Lines, static line => line.EndsWith(" conf-1", StringComparison.Ordinal));

        _sendFailure = null;
        Assert.Equal(1, await _sweep.RunAsync(Cancellation));
        Assert.Equal([0, 1], _reads);
    }

    [Fact]
    public async Task A_list_that_DingTalk_does_not_give_is_told_and_ends_the_run()
    {
        _pages.Enqueue("""{"errcode":60011,"errmsg":"no permission"}""");
        _pages.Enqueue("""{"errcode":60011,"errmsg":"no permission"}""");

        Assert.Equal(0, await _sweep.RunAsync(Cancellation));

        // Once, with one quick try.
        Assert.Equal(2, _reads.Count);
        Assert.Contains(_logger.Lines, static line => line.Contains("errcode:60011", StringComparison.Ordinal));
        Assert.DoesNotContain(_logger.Lines, static line => line.Contains("token-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        _refusesToken = true;
        _pages.Enqueue("""{"errcode":88,"sub_code":"40014","sub_msg":"bad token","errmsg":"ding talk error"}""");
        _pages.Enqueue(Page(false, Ended("conf-1")));

        Assert.Equal(1, await _sweep.RunAsync(Cancellation));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task The_switch_turns_it_on(bool enabled, int reads)
    {
        _pages.Enqueue(Page(false));

        await new SweepFailedPushes(new SweepSwitch(enabled), _sweep).RunAsync(new TimerInfo(), Cancellation);

        Assert.Equal(reads, _reads.Count);
    }

    private static string Ended(string conferenceId) => Item(
        "meeting_status_change",
        $$$"""{"EventType":"meeting_status_change","EventTime":1663143335567,"CorpId":"corp-1","changeScene":"conference_closed","openConfModel":{"conferenceId":"{{{conferenceId}}}","creatorId":"union-1"}}""");

    private static string Item(string tag, string content)
        => $$"""{"{{tag}}":{"callbackData":{{content}},"corpid":"corp-1"},"call_back_tag":"{{tag}}","event_time":1663143335567}""";

    private static string Page(bool hasMore, params string[] items)
        => $$"""{"errcode":0,"errmsg":"ok","has_more":{{(hasMore ? "\"true\"" : "false")}},"failed_list":[{{string.Join(',', items)}}]}""";

    // The waits between tries end on the test's clock, which must stand until then: DingTalk's answer has a deadline on it too.
    private async Task DriveAsync(Task task)
    {
        await _refusal.Task;
        while (!task.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath == "/v1.0/oauth2/accessToken")
        {
            var token = _refusesToken && _reads.Count == 0 ? "refused" : "token-1";
            return AnsweringHandler.Json($$"""{"accessToken":"{{token}}","expireIn":7200}""");
        }

        Assert.Equal("http://old.test/call_back/get_call_back_failed_result", request.RequestUri.GetLeftPart(UriPartial.Path));
        Assert.Equal(_refusesToken && _reads.Count == 0 ? "?access_token=refused" : "?access_token=token-1", request.RequestUri.Query);
        _reads.Add(_sent.Count);
        return _pages.TryDequeue(out var page) ? AnsweringHandler.Json(page) : new HttpResponseMessage(HttpStatusCode.InternalServerError);
    }

    private Task Take(IReadOnlyList<ServiceBusMessage> messages)
    {
        if (_sendFailure is not null)
        {
            _refusal.TrySetResult();
            return Task.FromException(_sendFailure);
        }

        lock (_sent)
        {
            _sent.AddRange(messages);
        }

        return Task.CompletedTask;
    }
}
