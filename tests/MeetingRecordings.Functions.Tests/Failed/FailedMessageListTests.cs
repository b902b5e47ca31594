using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Failed;

namespace MeetingRecordings.Functions.Tests.Failed;

public sealed class FailedMessageListTests : FailedMessagesTest
{
    [Fact]
    public async Task A_broker_that_peeks_from_the_start_whatever_it_is_asked_is_listed_once()
    {
        Poison.IgnoresWhereToStart = true;
        Add(1, 2, 3);

        var page = await List.ListAsync(FailedQueue.Poison, new FailedSelection.All(), 100, 0, Cancellation);

        Assert.Equal([1L, 2, 3], page.Messages.Select(static m => m.Id));
    }

    [Fact]
    public void A_message_that_a_broker_peeks_without_a_header_is_shown()
    {
        var message = ServiceBusReceivedMessage.FromAmqpMessage(
            new AmqpAnnotatedMessage(AmqpMessageBody.FromData([BinaryData.FromString("{}").ToMemory()])), BinaryData.FromBytes(new byte[16]));

        Assert.Equal(0, FailedMessage.From(message).DeliveryCount);
    }

    [Fact]
    public async Task A_page_shows_the_oldest_first_and_where_to_go_on()
    {
        Add(1, 2, 3);

        var first = await List.ListAsync(FailedQueue.Poison, new FailedSelection.All(), 2, 0, Cancellation);
        var second = await List.ListAsync(FailedQueue.Poison, new FailedSelection.All(), 2, first.Next!.Value, Cancellation);

        Assert.Equal([1L, 2], first.Messages.Select(static m => m.Id));
        Assert.Equal(3, first.Next);
        Assert.Equal([3L], second.Messages.Select(static m => m.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task A_reason_is_the_beginning_of_the_reason_or_of_DingTalks_code_in_any_case()
    {
        Poison.Add(1, properties: new() { ["reason"] = "retriesSpent", ["code"] = "systemError%!(EXTRA string=1)" });
        Poison.Add(2, properties: new() { ["reason"] = "quotaExhausted" });
        Poison.Add(3);

        Assert.Equal([1L], await ListedAsync("SystemError"));
        Assert.Equal([1L], await ListedAsync("retriesspent"));
        Assert.Equal([2L], await ListedAsync("quota"));
        Assert.Empty(await ListedAsync("xhausted"));
    }

    [Fact]
    public async Task A_message_is_shown_with_all_that_is_known_of_its_end()
    {
        Poison.Add(1, properties: new()
        {
            ["reason"] = "retriesSpent",
            ["code"] = "systemError",
            ["message"] = "it broke",
            ["request-id"] = "r-1",
            ["http-status"] = 500,
            ["step"] = 6,
            ["checks"] = 1,
            ["faults"] = 5,
            ["throttles"] = 2,
            ["first-enqueued-at"] = "2026-11-22T08:00:00.0000000Z",
            ["first-failure-at"] = "2026-11-23T07:00:00.0000000Z",
            ["last-failure-at"] = "2026-11-23T08:00:00.0000000Z",
            ["original-message-id"] = "conf-1:ended:1/6",
            ["exception-type"] = "System.Exception",
            ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });

        var message = Assert.Single((await List.ListAsync(FailedQueue.Poison, new FailedSelection.All(), 10, 0, Cancellation)).Messages);

        Assert.Equal(
            new FailedMessage
            {
                Id = 1,
                MessageId = "conf-1:ended",
                ConferenceId = "conf-1",
                Reason = "retriesSpent",
                Advice = FailureAdvice.Of("retriesSpent"),
                Code = "systemError",
                Message = "it broke",
                RequestId = "r-1",
                HttpStatus = 500,
                ExceptionType = "System.Exception",
                Step = 6,
                Checks = 1,
                Faults = 5,
                Throttles = 2,
                DeliveryCount = message.DeliveryCount,
                EnqueuedAt = message.EnqueuedAt,
                FirstEnqueuedAt = Now.AddDays(-1),
                FirstFailureAt = Now.AddHours(-1),
                LastFailureAt = Now,
                OriginalMessageId = "conf-1:ended:1/6",
                TraceId = "0af7651916cd43dd8448eb211c80319c",
                Body = message.Body,
            },
            message);
    }

    [Fact]
    public async Task A_list_ends_after_ten_thousand_messages_and_says_where_to_go_on()
    {
        Add([.. Enumerable.Range(1, 10_001).Select(static id => (long)id)]);

        var page = await List.ListAsync(FailedQueue.Poison, new FailedSelection.ByReason("quota"), 100, 0, Cancellation);

        Assert.Empty(page.Messages);
        Assert.Equal(10_001, page.Next);
    }

    private async Task<IEnumerable<long>> ListedAsync(string reason)
        => (await List.ListAsync(FailedQueue.Poison, new FailedSelection.ByReason(reason), 10, 0, Cancellation)).Messages.Select(static m => m.Id);
}
