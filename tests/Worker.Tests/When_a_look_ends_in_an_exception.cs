using Azure.Messaging.ServiceBus;
using DingTalkSimulator.Faults;
using FunctionsHost;

namespace Worker.Tests;

public sealed class When_a_look_ends_in_an_exception(AzuriteFixture azurite)
{
    private const int MaxDeliveryCount = 5;

    [Fact]
    public async Task Its_message_is_abandoned_once_each_time_until_the_broker_dead_letters_it()
    {
        await using var app = await RunningApp.StartAsync(azurite);
        var conference = app.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), int.MaxValue);
        await app.EnqueueAsync(new ServiceBusMessage($$"""
            {"conferenceId":"{{conference.Id}}","unionId":"{{conference.CreatorUnionId}}"}
            """));
        // The next look cannot be put on the queue.
        app.ServiceBus.Faults.RefuseSends(RunningApp.Queue, TimeSpan.FromHours(1));

        var dead = await app.MessageAsync(conference.Id, RunningApp.Queue, SubQueue.DeadLetter);

        Assert.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason);
        Assert.Equal("Azure.Messaging.ServiceBus.ServiceBusException", dead.ApplicationProperties["exception-type"]);
        Assert.True(dead.ApplicationProperties.ContainsKey("first-failure-at"));
        await app.Host.DisposeAsync();

        // What the processor has to say each time is the function's exception. Had it settled again, it would tell of lost locks.
        Assert.Equal(MaxDeliveryCount, app.Host.Log.Lines.Count(static line => line.EventId == "InvocationError"));
        var told = app.Host.Log.Lines.Where(static line => line.Category == LogLine.Trigger).ToList();
        Assert.Equal(MaxDeliveryCount, told.Count);
        Assert.All(told, static line
            => Assert.StartsWith("FunctionsHost.FunctionFailedException: Failure: ", line.Exception, StringComparison.Ordinal));
    }
}
