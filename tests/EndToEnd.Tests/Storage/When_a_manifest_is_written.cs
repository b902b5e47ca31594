using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using MeetingRecordings.Functions.Storage;
using MeetingRecordings.Manifests;

namespace EndToEnd.Tests.Storage;

/// <summary>Every request to Blob Storage is paid for, writes more than ten times as much as reads.</summary>
public sealed class When_a_manifest_is_written(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly Manifest Recorded = Manifest.Recorded("conference-1", [new Video { MediaId = "a" }]);

    private readonly RequestLog _requests = new();
    private BlobContainerClient _container = null!;
    private BlobManifestStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(_requests) };
        _container = new BlobContainerClient(azurite.ConnectionString, $"test-{Guid.NewGuid():N}", options);
        _store = new BlobManifestStore(_container, TimeProvider.System);
        await _container.CreateAsync(cancellationToken: Cancellation);
        _requests.Take();
    }

    public async ValueTask DisposeAsync()
    {
        await _container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        _requests.Dispose();
    }

    [Fact]
    public async Task The_first_time_it_takes_one_request()
    {
        Assert.Equal(ManifestWrite.Created, await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation));

        Assert.Equal(["PUT 201"], _requests.Take());
    }

    [Fact]
    public async Task A_second_look_that_finds_nothing_new_reads_and_writes_nothing()
    {
        await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation);
        _requests.Take();

        Assert.Equal(ManifestWrite.Unchanged, await _store.MergeAsync(Recorded, "r2", expectStored: true, Cancellation));

        Assert.All(_requests.Take(), static request => Assert.Equal("GET", request.Split(' ')[0]));
    }

    [Fact]
    public async Task A_second_look_that_finds_a_video_more_reads_and_writes_once()
    {
        await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation);
        _requests.Take();

        var more = Manifest.Recorded("conference-1", [new Video { MediaId = "b" }]);
        Assert.Equal(ManifestWrite.Updated, await _store.MergeAsync(more, "r2", expectStored: true, Cancellation));

        Assert.Equal("PUT 201", Assert.Single(_requests.Take(), static request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_second_look_whose_manifest_somebody_has_deleted_writes_it_again()
    {
        Assert.Equal(ManifestWrite.Created, await _store.MergeAsync(Recorded, "r2", expectStored: true, Cancellation));

        Assert.True(await _container.GetBlobClient("conference-1.json").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_manifest_that_nobody_expected_is_merged_all_the_same()
    {
        await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation);

        var more = Manifest.Recorded("conference-1", [new Video { MediaId = "b" }]);
        Assert.Equal(ManifestWrite.Updated, await _store.MergeAsync(more, "r2", expectStored: false, Cancellation));
    }
}
