using Azure.Messaging.ServiceBus;
using DingTalkSimulator.Faults;

namespace Worker.Tests;

[Collection(SharedApp.Name)]
public sealed class When_a_conference_cannot_be_fetched(SharedApp shared)
{
    private readonly RunningApp _app = shared.App;

    [Fact]
    public async Task What_must_be_mended_first_is_dead_lettered_with_its_reason_and_properties()
    {
        var conference = _app.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("orgAccessForbidden"), int.MaxValue);

        await _app.PushEndedAsync(conference);

        var dead = await _app.MessageAsync(conference.Id, RunningApp.Queue, SubQueue.DeadLetter);
        Assert.Equal("orgAccessForbidden", dead.DeadLetterReason);
        Assert.Contains("Authorise", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
        Assert.Equal("orgAccessForbidden", dead.ApplicationProperties["code"]);
        Assert.NotEqual("", dead.ApplicationProperties["request-id"]);
        Assert.IsType<int>(dead.ApplicationProperties["http-status"]);
        Assert.Equal(dead.ApplicationProperties["first-failure-at"], dead.ApplicationProperties["last-failure-at"]);
        Assert.Equal(1, conference.GetVideosCalls);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"conferenceId":"../secrets"}""")]
    public async Task A_message_that_cannot_be_read_is_dead_lettered_as_it_was(string body)
    {
        var marker = Guid.NewGuid().ToString("N");

        await _app.EnqueueAsync(new ServiceBusMessage($"{body}{marker}"));

        var dead = await _app.MessageAsync(marker, RunningApp.Queue, SubQueue.DeadLetter);
        Assert.Equal("malformed", dead.DeadLetterReason);
        Assert.NotEqual("", dead.DeadLetterErrorDescription);
    }

    [Fact]
    public async Task What_DingTalk_fails_until_the_ladder_ends_is_poisoned_and_its_message_completed()
    {
        var conference = _app.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);

        await _app.PushEndedAsync(conference);

        var poisoned = await _app.MessageAsync(conference.Id, RunningApp.PoisonQueue);
        Assert.Equal("systemError", poisoned.Subject);
        Assert.Equal("retriesSpent", poisoned.ApplicationProperties["reason"]);
        Assert.Equal(3, poisoned.ApplicationProperties["faults"]);
        await RunningApp.UntilAsync(
            "its message is completed",
            async () => !(await _app.PeekAsync(RunningApp.Queue)).Any(message => RunningApp.IsAbout(message, conference.Id)));
    }

    [Fact]
    public async Task A_recording_that_is_not_ready_is_looked_for_again_by_a_scheduled_message()
    {
        var conference = _app.DingTalk.Tenant.AddConference();
        conference.Script.Add(ScriptedAnswer.ApiError.Of("cloudRecordNotFound"), int.MaxValue);
        var before = TimeProvider.System.GetUtcNow();

        await _app.PushEndedAsync(conference);

        ServiceBusReceivedMessage? next = null;
        await RunningApp.UntilAsync("the next look is the only message", async () =>
        {
            var messages = (await _app.PeekAsync(RunningApp.Queue)).Where(message => RunningApp.IsAbout(message, conference.Id)).ToList();
            next = messages is [{ State: ServiceBusMessageState.Scheduled } only] ? only : null;
            return next is not null;
        });
        Assert.InRange(next!.ScheduledEnqueueTime, before.AddHours(1), TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.Equal(1, next.ApplicationProperties["step"]);
        Assert.Equal(true, next.ApplicationProperties["recording-confirmed"]);
        Assert.Equal(1, conference.GetVideosCalls);
    }
}
