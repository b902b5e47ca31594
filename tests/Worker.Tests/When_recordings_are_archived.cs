using System.Security.Cryptography;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;

namespace Worker.Tests;

public sealed class When_recordings_are_archived(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_push_becomes_files_and_what_cannot_be_archived_is_dead_lettered_with_its_reason()
    {
        await using var app = await RunningApp.StartAsync(
            azurite, ("Archive__Enabled", "true"), ("Archive", azurite.ConnectionString), ("Archive__AllowedHosts", "127.0.0.1"));
        var good = app.DingTalk.Tenant.AddConference(new MeetingPlan { Videos = 1, VideoBytes = 17_000_000 });
        var bad = app.DingTalk.Tenant.AddConference(new MeetingPlan { Videos = 1 });
        bad.Traits = bad.Traits with { Media = new MediaTraits { HasMp4 = false } };

        await app.PushEndedAsync(good);
        await app.PushEndedAsync(bad);

        var dead = await app.MessageAsync(bad.Id, "recordings", SubQueue.DeadLetter);
        Assert.Equal(ArchiveReasons.NoMp4, dead.DeadLetterReason);
        Assert.Equal(ArchiveReasons.Advice[ArchiveReasons.NoMp4], dead.DeadLetterErrorDescription);
        await RunningApp.UntilAsync("the file is there", async () => (await app.ManifestAsync(good.Id)).ToString().Contains("\"file\"", StringComparison.Ordinal));
        var container = new BlobContainerClient(azurite.ConnectionString, "recordings");
        var blob = container.GetBlobClient(new RecordingName(good.Id, good.Videos[0].MediaId).File);
        await using var file = await blob.OpenReadAsync(cancellationToken: Cancellation);
        Assert.Equal(good.FileOf(good.Videos[0]).ComputeSha256(), await SHA256.HashDataAsync(file, Cancellation));
    }
}
