using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using MeetingRecordings;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Manifests;
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
        _store = new BlobManifestStore(_container, MeetingFields.None, TimeProvider.System);
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

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"conference-2","status":"notRecorded","totals":{},"recordings":[]}""")]
    [InlineData("""{"schemaVersion":1,"conferenceId":"conference-1","status":"recorded","totals":{},"recordings":[{"videos":[{"mediaId":"a","fileSize":9223372036854775807}]}]}""")]
    public async Task A_blob_in_its_place_that_is_no_manifest_or_another_conferences_is_a_failure_of_the_store_and_stays(string body)
    {
        var blob = _container.GetBlobClient("conference-1.json");
        await blob.UploadAsync(BinaryData.FromString(body), Cancellation);

        foreach (var expectStored in new[] { false, true })
        {
            var e = await Assert.ThrowsAsync<StoreException>(() => _store.MergeAsync(Recorded, "r1", expectStored, Cancellation));
            Assert.Equal("unreadable", e.Code);
        }

        Assert.Equal("unreadable", (await Assert.ThrowsAsync<StoreException>(() => _store.ReadAsync("conference-1", Cancellation))).Code);
        Assert.Equal(body, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    [Fact]
    public async Task What_is_stored_is_read_with_one_request()
    {
        Assert.Null(await _store.ReadAsync("conference-1", Cancellation));
        await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation);
        _requests.Take();

        Assert.Equal(Recorded.Videos, (await _store.ReadAsync("conference-1", Cancellation))!.Videos);
        Assert.Equal(["GET 200"], _requests.Take());
    }

    [Fact]
    public async Task What_is_to_be_left_out_goes_from_a_manifest_that_has_it_with_the_next_write()
    {
        var details = new MeetingDetails { Title = "Plans", RoomCode = "123" };
        await _store.MergeAsync(Recorded with { Meeting = details }, "r1", expectStored: false, Cancellation);
        var omitting = new BlobManifestStore(_container, MeetingFields.Title, TimeProvider.System);

        Assert.Equal(ManifestWrite.Updated, await omitting.MergeAsync(Recorded, "r2", expectStored: true, Cancellation));

        Assert.Equal(new MeetingDetails { RoomCode = "123" }, (await _store.ReadAsync("conference-1", Cancellation))!.Meeting);
    }

    [Fact]
    public async Task A_manifest_that_nobody_expected_is_merged_all_the_same()
    {
        await _store.MergeAsync(Recorded, "r1", expectStored: false, Cancellation);

        var more = Manifest.Recorded("conference-1", [new Video { MediaId = "b" }]);
        Assert.Equal(ManifestWrite.Updated, await _store.MergeAsync(more, "r2", expectStored: false, Cancellation));
    }
}
