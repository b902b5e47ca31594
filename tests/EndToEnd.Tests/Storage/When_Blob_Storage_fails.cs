using System.Net;
using System.Net.Sockets;
using Azure.Storage;
using Azure.Storage.Blobs;
using MeetingRecordings;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;

namespace EndToEnd.Tests.Storage;

/// <summary>What the fault ladder, the poison queue and an operator get to see of it.</summary>
public sealed class When_Blob_Storage_fails(AzuriteFixture azurite)
{
    private static readonly Manifest Recorded = Manifest.Recorded("conference-1", [new Video { MediaId = "a" }]);

    [Fact]
    public async Task A_refusal_is_told_by_its_code()
    {
        var address = new BlobContainerClient(azurite.ConnectionString, "manifests").Uri;
        var wrongKey = new StorageSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(new byte[64]));

        var failure = await FailAsync(new BlobContainerClient(address, wrongKey));

        Assert.Equal("AuthorizationFailure", failure.Code);
        Assert.Equal("Blob Storage answered 403 AuthorizationFailure.", failure.Message);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unreachable()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.Zero;

        var failure = await FailAsync(new BlobContainerClient(new Uri($"http://127.0.0.1:{port}/devstoreaccount1/manifests"), options));

        Assert.Equal("unreachable", failure.Code);
        Assert.DoesNotContain("127.0.0.1", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<StoreException> FailAsync(BlobContainerClient container)
    {
        var store = new BlobManifestStore(container, MeetingFields.None, TimeProvider.System);
        await Assert.ThrowsAsync<StoreException>(() => store.ReadAsync(Recorded.ConferenceId, TestContext.Current.CancellationToken));
        return await Assert.ThrowsAsync<StoreException>(() => store.MergeAsync(Recorded, "r1", expectStored: false, TestContext.Current.CancellationToken));
    }
}
