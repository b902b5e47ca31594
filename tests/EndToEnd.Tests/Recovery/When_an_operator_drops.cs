namespace EndToEnd.Tests.Recovery;

public sealed class When_an_operator_drops(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_message_is_gone_and_the_others_are_not()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(2);
        var id = (await pipeline.PoisonAsync())[1].GetProperty("id").GetInt64();

        Assert.Equal(400, await pipeline.DropAsync($"{id}"));
        Assert.Equal(204, await pipeline.DropAsync($"{id}?reason=a%20test%20meeting"));
        Assert.Equal(404, await pipeline.DropAsync($"{id}?reason=again"));

        Assert.Equal(conferences[0].Id, Assert.Single(await pipeline.PoisonAsync()).GetProperty("conferenceId").GetString());
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_can_be_dropped_and_not_replayed()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(new Azure.Messaging.ServiceBus.ServiceBusMessage("no JSON") { MessageId = "garbage" });
        await pipeline.UntilDeadLetteredAsync(1);
        var id = Assert.Single(await pipeline.PoisonAsync("?source=deadletter")).GetProperty("id").GetInt64();

        Assert.Equal([((string?)null, "unreadable")], await pipeline.ReplayAsync("""{"source":"deadletter","all":true}"""));
        Assert.Equal(204, await pipeline.DropAsync($"{id}?source=deadletter&reason=garbage"));

        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
    }
}
