using Azure.Messaging.ServiceBus;

namespace EndToEnd.Tests.Fetching;

public sealed class When_a_message_is_malformed(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("{}")]
    [InlineData("""{"conferenceId":"../secrets"}""")]
    public async Task It_is_dead_lettered_on_first_sight(string body)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);

        await pipeline.SendAsync(new ServiceBusMessage(body));
        await pipeline.UntilDeadLetteredAsync(1);

        var dead = Assert.Single(await pipeline.PeekAsync(Pipeline.Queue, SubQueue.DeadLetter));
        Assert.Equal("malformed", dead.DeadLetterReason);
        Assert.Equal(body, dead.Body.ToString());
        Assert.Empty(pipeline.DingTalk.Ledger.Calls);
    }
}
