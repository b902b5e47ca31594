using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using MeetingRecordings;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Manifests;

namespace Benchmarks.Load;

/// <summary>
/// What this machine could do at most: each thing that the product does to the outside, done alone, with the same bytes, through
/// the same client library, by a caller that computes nothing else.
/// </summary>
internal sealed class RawLimits : IAsyncDisposable
{
    private readonly LoadServices _services;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSender _sender;
    private readonly HttpClient _http;
    private string? _token;

    public RawLimits(LoadServices services)
    {
        _services = services;
        _client = new ServiceBusClient(services.ServiceBus.ConnectionString);
        _sender = _client.CreateSender(LoadServices.RawQueue);
        _http = DingTalkHttp.CreateClient(DingTalk);
    }

    private DingTalkOptions DingTalk => new(_services.DingTalk.BaseAddress, DevelopmentCredentials.AppKey, DevelopmentCredentials.AppSecret);

    /// <summary>Sends the messages of pushes, one a call.</summary>
    public Task<Pace> SendAsync(int count, int concurrency, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var messages = _services.EndMeetings(count).Select(conference => ConferenceQueue.CreateMessage(
            new ConferenceMessage(conference.Id, conference.CreatorUnionId, DevelopmentCredentials.CorpId, conference.EndedAt, Trigger.MeetingEnded),
            new Lineage($"{conference.Id}:ended", now))).ToArray();
        return Workers.RunAsync(messages, concurrency, (message, _) => _sender.SendMessageAsync(message, cancellationToken), cancellationToken);
    }

    /// <summary>Receives and completes so many of the messages sent, with a processor like the host's.</summary>
    public async Task<Pace> ReceiveAsync(int count, ServiceBusProcessorOptions options, CancellationToken cancellationToken)
    {
        var processor = _client.CreateProcessor(LoadServices.RawQueue, new ServiceBusProcessorOptions
        {
            PrefetchCount = options.PrefetchCount,
            MaxConcurrentCalls = options.MaxConcurrentCalls,
            MaxAutoLockRenewalDuration = options.MaxAutoLockRenewalDuration,
            AutoCompleteMessages = false,
        });
        await using var close = processor.ConfigureAwait(false);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var completed = 0;
        processor.ProcessMessageAsync += async args =>
        {
            await args.CompleteMessageAsync(args.Message, args.CancellationToken).ConfigureAwait(false);
            if (Interlocked.Increment(ref completed) == count)
            {
                done.TrySetResult();
            }
        };
        processor.ProcessErrorAsync += args =>
        {
            done.TrySetException(args.Exception);
            return Task.CompletedTask;
        };
        var watch = Stopwatch.StartNew();
        await processor.StartProcessingAsync(cancellationToken).ConfigureAwait(false);
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        var pace = new Pace(count, watch.Elapsed);
        await processor.StopProcessingAsync(cancellationToken).ConfigureAwait(false);
        return pace;
    }

    /// <summary>Writes manifests, made beforehand, with the headers, metadata and tags of the product's.</summary>
    public Task<Pace> PutAsync(int count, int concurrency, CancellationToken cancellationToken)
    {
        var uploads = _services.EndMeetings(count).Select(conference => (
            Blob: _services.RawManifests.GetBlobClient($"{conference.Id}.json"),
            Body: BinaryData.FromBytes(ManifestJson.Serialize(ToManifest(conference))),
            Options: Options(conference))).ToArray();
        return Workers.RunAsync(uploads, concurrency, (upload, _) => upload.Blob.UploadAsync(upload.Body, upload.Options, cancellationToken), cancellationToken);
    }

    /// <summary>Asks the simulator for videos and reads the answer's bytes.</summary>
    public async Task<Pace> GetAsync(int count, int concurrency, CancellationToken cancellationToken)
    {
        _token ??= await TokenAsync(cancellationToken).ConfigureAwait(false);
        return await Workers.RunAsync(
            _services.EndMeetings(count),
            concurrency,
            async (conference, _) =>
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Get, $"v1.0/conference/videoConferences/{conference.Id}/cloudRecords/getVideos?unionId={conference.CreatorUnionId}");
                request.Headers.TryAddWithoutValidation("x-acs-dingtalk-access-token", _token);
                using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        var tokens = new AccessTokens(new DingTalkHttp(_http, DingTalk, TimeProvider.System), DingTalk, TimeProvider.System);
        return await tokens.GetAsync(cancellationToken).ConfigureAwait(false) is ApiAnswer<AccessToken>.Ok { Value: var token }
            ? token.Value
            : throw new InvalidOperationException("The simulator gives no token.");
    }

    private static Manifest ToManifest(SimulatedConference conference)
        => Manifest.Recorded(conference.Id, conference.Videos.Select(static video => new Video
        {
            RecordId = video.RecordId,
            MediaId = video.MediaId,
            RegionId = video.RegionId,
            RecordType = "standard",
            RecorderUnionId = video.UnionId,
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(video.StartTime),
            EndTime = DateTimeOffset.FromUnixTimeMilliseconds(video.EndTime),
            DurationMs = video.Duration,
            FileSize = video.FileSize,
        })) with
        { CorpId = DevelopmentCredentials.CorpId, EndedAt = conference.EndedAt };

    private static BlobUploadOptions Options(SimulatedConference conference) => new()
    {
        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
        Metadata = new Dictionary<string, string>
        {
            ["fetchedAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["revision"] = "1",
            ["endedAtSource"] = "Event",
            ["requestId"] = Guid.NewGuid().ToString(),
        },
        Tags = new Dictionary<string, string>
        {
            ["status"] = "recorded",
            ["corpId"] = DevelopmentCredentials.CorpId,
            ["endedOn"] = conference.EndedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
    };
}
