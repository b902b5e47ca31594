using EndToEnd.Tests.Recovery;

namespace EndToEnd.Tests.Storage;

public sealed class When_the_stored_manifest_is_unreadable(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"another","status":"notRecorded","totals":{},"recordings":[]}""")]
    public async Task Its_conference_ends_in_the_poison_queue_and_a_replay_after_its_removal_writes_it(string body)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var blob = pipeline.Manifests.GetBlobClient($"{conference.Id}.json");
        await blob.UploadAsync(BinaryData.FromString(body), TestContext.Current.CancellationToken);

        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();

        var poisoned = Assert.Single(await pipeline.PoisonAsync());
        Assert.Equal("manifestStore.unreadable", poisoned.GetProperty("code").GetString());
        Assert.Empty(await pipeline.PoisonAsync("?source=deadletter"));
        Assert.Equal(body, (await pipeline.ManifestAsync(conference.Id)).Content.ToString());

        await blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        await pipeline.ReplayAsync("""{"all":true}""");
        Assert.Contains(conference.Id, (await pipeline.ManifestAsync(conference.Id)).Content.ToString(), StringComparison.Ordinal);
    }
}
