using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using DingTalkSimulator;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;
using MeetingRecordings.Archiving;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Archive;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Tickets;
using MeetingRecordings.Transcripts;
using Microsoft.Extensions.Logging.Abstractions;

namespace EndToEnd.Tests.Archive;

/// <summary>
/// The archive's work, slice by slice: files that the simulator serves, blobs in Azurite, and what the policy makes of each slice. Blocks
/// are a mebibyte, so that small files have several.
/// </summary>
internal sealed class ArchiveBench : IAsyncDisposable
{
    public const int BlockLength = 1024 * 1024;

    private readonly DingTalkHttp _http;
    private readonly HttpClient _client;
    private readonly CallBudget _budget;
    private readonly BlockBuffers _buffers = new(count: 4, BlockLength);
    private readonly MediaSource _source;
    private readonly CallAllowance _allowance;
    private readonly DingTalkClient _dingTalk;

    private ArchiveBench(SimulatorServer dingTalk, BlobContainerClient container, AllowedHosts hosts, ArchiveOptions options)
    {
        DingTalk = dingTalk;
        Container = container;
        Options = options;
        var dingTalkOptions = new DingTalkOptions(dingTalk.BaseAddress, dingTalk.Options.AppKey, dingTalk.Options.AppSecret) { QuickRetries = 0 };
        var counter = new BlobCallCounter(container, TimeProvider.System, NullLogger<BlobCallCounter>.Instance);
        _budget = new CallBudget(null, counter, TimeProvider.System);
        _client = DingTalkHttp.CreateClient(dingTalkOptions);
        _http = new DingTalkHttp(_client, dingTalkOptions, TimeProvider.System, _budget);
        _dingTalk = new DingTalkClient(_http, new AccessTokens(_http, dingTalkOptions, TimeProvider.System));
        _source = new MediaSource(hosts, TimeProvider.System);
        _allowance = new CallAllowance(_budget, options.CallsPerDay, counter, TimeProvider.System);
        Store = new BlobRecordingStore(container, null);
        Manifests = new BlobManifestStore(container, MeetingFields.None, TimeProvider.System);
        Transcripts = new BlobTranscriptStore(container);
    }

    public SimulatorServer DingTalk { get; }

    public BlobContainerClient Container { get; }

    public BlobRecordingStore Store { get; }

    public BlobManifestStore Manifests { get; }

    public BlobTranscriptStore Transcripts { get; }

    public ArchiveOptions Options { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ArchiveBench> StartAsync(AzuriteFixture azurite, ArchiveOptions? options = null, params string[] hosts)
        => new(
            await SimulatorServer.StartAsync(new SimulatorOptions(), Cancellation),
            new BlobContainerClient(azurite.ConnectionString, $"recordings-{Guid.NewGuid():N}"),
            new AllowedHosts(hosts is [] ? ["127.0.0.1"] : hosts),
            options ?? new ArchiveOptions());

    public async ValueTask DisposeAsync()
    {
        _source.Dispose();
        _buffers.Dispose();
        _http.Dispose();
        _client.Dispose();
        _budget.Dispose();
        await DingTalk.DisposeAsync();
        await Container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>A meeting with one video.</summary>
    public SimulatedConference Add(double mebibytes, MediaTraits? traits = null)
        => DingTalk.Tenant.AddConference(new MeetingPlan
        {
            Videos = 1,
            VideoBytes = (long)(mebibytes * BlockLength),
            OwnerUnionId = "owner",
            CreatorUnionId = "owner",
            Traits = DingTalk.Tenant.Traits.Meeting with { Media = traits ?? new MediaTraits() },
        });

    /// <summary>The first slice of its archiving.</summary>
    public static Slice FirstSlice(SimulatedConference conference)
    {
        var video = conference.Videos[0];
        var message = new ArchiveMessage(conference.Id, null, video.UnionId)
        {
            MediaId = video.MediaId,
            RegionId = video.RegionId,
            RecordType = "standard",
            DurationMs = video.Duration,
        };
        return new Slice(message, new Lineage(message.Root, DateTimeOffset.UtcNow));
    }

    /// <summary>Works for one slice.</summary>
    public Task<SliceResult> RunAsync(Slice slice) => RunAsync(slice, Store);

    /// <summary>Works for one slice, with a store that may be another.</summary>
    public Task<SliceResult> RunAsync(Slice slice, IRecordingStore store)
        => new RecordingArchiver(_dingTalk, store, Manifests, _source, _buffers, _allowance, Options, TimeProvider.System).RunAsync(slice, Cancellation);

    /// <summary>Reads once what was said.</summary>
    public Task<SliceResult> TranscribeAsync(SimulatedConference conference)
    {
        var message = new ArchiveMessage(conference.Id, null, conference.RecorderUnionId);
        return new TranscriptArchiver(new TranscriptReader(_dingTalk), Transcripts, Manifests, _allowance, TimeProvider.System)
            .RunAsync(new Slice(message, new Lineage(message.Root, DateTimeOffset.UtcNow)), Cancellation);
    }

    /// <summary>Works slice after slice, without waiting in between, until nothing follows.</summary>
    /// <returns>The last slice, and what became of the message.</returns>
    public async Task<(SliceResult Last, RecoveryAction Action)> RunToTheEndAsync(Slice slice)
    {
        var policy = new ArchivePolicy(new RecoveryPolicy(new RecoveryOptions()));
        while (true)
        {
            var result = await RunAsync(slice);
            var action = policy.Decide(result, new LookContext(Trigger.RecordingReady, result.Slice.Lineage, DateTimeOffset.UtcNow, 0));
            if (action is not RecoveryAction.LookAgain again)
            {
                return (result, action);
            }

            slice = result.Slice with { Lineage = again.Lineage };
        }
    }

    /// <summary>Expects the archive to hold the file, byte for byte, and to say so.</summary>
    public async Task<Sidecar> ExpectArchivedAsync(SimulatedConference conference)
    {
        var name = NameOf(conference);
        var file = conference.FileOf(conference.Videos[0]);
        var blob = await Container.GetBlobClient(name.File).DownloadContentAsync(Cancellation);
        Assert.Equal(file.Length, blob.Value.Details.ContentLength);
        Assert.Equal(file.ComputeSha256(), SHA256.HashData(blob.Value.Content.ToMemory().Span));
        Assert.Equal("video/mp4", blob.Value.Details.ContentType);
        var sidecar = (await Store.ReadSidecarAsync(name, Cancellation))!;
        Assert.Equal((ArchiveState.Archived, file.Length), (sidecar.State, sidecar.Bytes));
        return sidecar;
    }

    /// <summary>Expects the archive to hold no file, and gives what it says of that.</summary>
    public async Task<Sidecar?> ExpectNoFileAsync(SimulatedConference conference)
    {
        Assert.False(await Container.GetBlobClient(NameOf(conference).File).ExistsAsync(Cancellation));
        return await Store.ReadSidecarAsync(NameOf(conference), Cancellation);
    }

    public BlockBlobClient FileOf(SimulatedConference conference) => Container.GetBlockBlobClient(NameOf(conference).File);

    /// <summary>How many bytes of its file were sent.</summary>
    public long BytesSent(SimulatedConference conference) => DingTalk.Ledger.TotalsOf(conference.Id).MediaBytes;

    public static RecordingName NameOf(SimulatedConference conference) => new(conference.Id, conference.Videos[0].MediaId);
}
