using System.Net;
using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Functions.Tests.Manifests;

/// <summary>What Azurite does not do: answers as Blob Storage is documented to give them.</summary>
public sealed class BlobManifestStoreTests
{
    private static readonly Manifest Recorded = Manifest.Recorded("conf-1", [new Video { MediaId = "m1" }]);
    private static readonly Manifest More = Manifest.Recorded("conf-1", [new Video { MediaId = "m2" }]);

    private readonly List<HttpRequestMessage> _writes = [];

    [Theory]
    [InlineData(412, "LeaseIdMissing")]
    [InlineData(409, "BlobImmutableDueToPolicy")]
    [InlineData(409, "BlobImmutableDueToLegalHold")]
    public async Task An_unchanged_manifest_that_is_held_is_no_fault_and_a_changed_one_is(int status, string code)
    {
        var store = Create(_ => Error(status, code));

        Assert.Equal(ManifestWrite.Unchanged, await MergeAsync(store, Recorded));
        Assert.Equal(code, (await Assert.ThrowsAsync<StoreException>(() => MergeAsync(store, More))).Code);
        Assert.Equal(code, (await Assert.ThrowsAsync<StoreException>(() => MergeAsync(store, More, expectStored: true))).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unchanged_manifest_that_is_archived_is_no_fault_and_a_changed_one_is(bool expectStored)
    {
        var store = Create(static _ => Error(409, "BlobArchived"), isArchived: true);

        Assert.Equal(ManifestWrite.Unchanged, await MergeAsync(store, Recorded, expectStored));
        Assert.Equal("BlobArchived", (await Assert.ThrowsAsync<StoreException>(() => MergeAsync(store, More, expectStored))).Code);
    }

    [Fact]
    public async Task One_that_is_archived_is_read_as_none_so_that_DingTalk_is_asked()
        => Assert.Null(await Create(static _ => Error(409, "BlobArchived"), isArchived: true)
            .ReadAsync(Recorded.ConferenceId, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_rewrite_keeps_the_tags_and_the_metadata_that_others_have_set()
    {
        var store = Create(static _ => new HttpResponseMessage(HttpStatusCode.Created));

        Assert.Equal(ManifestWrite.Updated, await MergeAsync(store, More, expectStored: true));

        var written = Assert.Single(_writes);
        Assert.Equal("legal", Assert.Single(written.Headers.GetValues("x-ms-meta-reviewedby")));
        Assert.Equal("2", Assert.Single(written.Headers.GetValues("x-ms-meta-revision")));
        Assert.Equal(["retention=7y", "status=recorded"], Assert.Single(written.Headers.GetValues("x-ms-tags")).Split('&').Order());
    }

    private static Task<ManifestWrite> MergeAsync(BlobManifestStore store, Manifest manifest, bool expectStored = false)
        => store.MergeAsync(manifest, "r1", expectStored, TestContext.Current.CancellationToken);

    private static HttpResponseMessage Error(int status, string code)
        => new((HttpStatusCode)status) { Headers = { { "x-ms-error-code", code } }, Content = new ByteArrayContent([]) };

    private BlobManifestStore Create(Func<HttpRequestMessage, HttpResponseMessage> write, bool isArchived = false)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        options.Transport = new HttpClientTransport(AnsweringHandler.CreateClient(request =>
        {
            if (request.Method == HttpMethod.Put)
            {
                _writes.Add(request);
                return write(request);
            }

            if (request.RequestUri!.Query.Contains("comp=tags", StringComparison.Ordinal))
            {
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        "<Tags><TagSet><Tag><Key>status</Key><Value>notRecorded</Value></Tag><Tag><Key>retention</Key><Value>7y</Value></Tag></TagSet></Tags>"),
                };
            }

            return isArchived && request.Method == HttpMethod.Get ? Error(409, "BlobArchived") : Stored();
        }));
        return new BlobManifestStore(new BlobContainerClient("UseDevelopmentStorage=true", "manifests", options), MeetingFields.None, TimeProvider.System);
    }

    private static HttpResponseMessage Stored()
    {
        var body = ManifestJson.Serialize(Recorded);
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
#pragma warning disable CA5351 // Blob Storage's own checksum is an MD5.
        answer.Content.Headers.ContentMD5 = MD5.HashData(body);
#pragma warning restore CA5351
        answer.Content.Headers.LastModified = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        answer.Headers.ETag = new("\"1\"");
        answer.Headers.Add("x-ms-blob-type", "BlockBlob");
        answer.Headers.Add("x-ms-tag-count", "2");
        answer.Headers.Add("x-ms-meta-reviewedby", "legal");
        answer.Headers.Add("x-ms-meta-revision", "1");
        answer.Headers.Add("x-ms-meta-endedatsource", nameof(EndedAtSource.Fallback));
        return answer;
    }
}
