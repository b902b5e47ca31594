using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DingTalkSimulator;
using LocalHost.Hosting;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Manifests;

namespace Benchmarks.Load;

/// <summary>Makes raw calls, with the bytes, properties, headers and tags of the product's, all made beforehand.</summary>
internal sealed class RawCalls : IAsyncDisposable
{
    private readonly ServiceBusClient _serviceBus;
    private readonly BlobContainerClient _container;
    private readonly DingTalkOptions _dingTalk;
    private readonly HttpClient _http;
    private ServiceBusSender? _sender;
    private BatchingSender? _grouping;
    private AccessToken? _token;

    public RawCalls(string serviceBus, string blobs, Uri dingTalk)
    {
        _serviceBus = new ServiceBusClient(serviceBus);
        _container = new BlobContainerClient(blobs, LoadServices.RawContainer);
        _dingTalk = new DingTalkOptions(dingTalk, DevelopmentCredentials.AppKey, DevelopmentCredentials.AppSecret);
        _http = DingTalkHttp.CreateClient(_dingTalk);
    }

    /// <summary>Makes so many calls.</summary>
    /// <returns>How long they took.</returns>
    public Task<TimeSpan> RunAsync(RawOrder order, CancellationToken cancellationToken) => order.What switch
    {
        RawCall.Send => SendAsync(order, cancellationToken),
        RawCall.Group => GroupAsync(order, cancellationToken),
        RawCall.Receive => ReceiveAsync(order, cancellationToken),
        RawCall.Put => PutAsync(order, cancellationToken),
        _ => GetAsync(order, cancellationToken),
    };

    private ServiceBusSender Sender => _sender ??= _serviceBus.CreateSender(LoadServices.RawQueue);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_grouping is not null)
        {
            await _grouping.DisposeAsync();
        }

        await _serviceBus.DisposeAsync();
    }

    private Task<TimeSpan> SendAsync(RawOrder order, CancellationToken cancellationToken)
    {
        var sender = Sender;
        return Workers.RunAsync(Messages(order), order.AtOnce, (message, _) => sender.SendMessageAsync(message, cancellationToken), cancellationToken);
    }

    private Task<TimeSpan> GroupAsync(RawOrder order, CancellationToken cancellationToken)
    {
        var grouping = _grouping ??= new BatchingSender(Sender);
        return Workers.RunAsync(Messages(order), order.AtOnce, (message, _) => grouping.SendAsync(message, cancellationToken), cancellationToken);
    }

    private async Task<TimeSpan> ReceiveAsync(RawOrder order, CancellationToken cancellationToken)
    {
        var options = HostJson.Read().Processor;
        options.MaxConcurrentCalls = order.AtOnce;
        options.AutoCompleteMessages = false;
        await using var processor = _serviceBus.CreateProcessor(LoadServices.RawQueue, options);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var completed = 0;
        processor.ProcessMessageAsync += async args =>
        {
            await args.CompleteMessageAsync(args.Message, args.CancellationToken);
            if (Interlocked.Increment(ref completed) == order.Count)
            {
                done.TrySetResult();
            }
        };
        processor.ProcessErrorAsync += args =>
        {
            done.TrySetException(args.Exception);
            return Task.CompletedTask;
        };
        var started = Stopwatch.GetTimestamp();
        await processor.StartProcessingAsync(cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await processor.StopProcessingAsync(cancellationToken);
        return elapsed;
    }

    private Task<TimeSpan> PutAsync(RawOrder order, CancellationToken cancellationToken)
    {
        var uploads = Ordinals(order).Select(ordinal => (
            Blob: _container.GetBlobClient($"{RawConference.IdOf(ordinal)}.json"),
            Body: BinaryData.FromBytes(ManifestJson.Serialize(RawConference.ManifestOf(ordinal, DevelopmentCredentials.CorpId))),
            Options: UploadOptions())).ToArray();
        return Workers.RunAsync(uploads, order.AtOnce, (upload, _) => upload.Blob.UploadAsync(upload.Body, upload.Options, cancellationToken), cancellationToken);
    }

    private async Task<TimeSpan> GetAsync(RawOrder order, CancellationToken cancellationToken)
    {
        _token ??= await TokenAsync(cancellationToken);
        return await Workers.RunAsync(
            [.. Ordinals(order)],
            order.AtOnce,
            async (ordinal, _) =>
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Get,
                    $"v1.0/conference/videoConferences/{RawConference.IdOf(ordinal)}/cloudRecords/getVideos?unionId={RawConference.UnionId}");
                request.Headers.TryAddWithoutValidation("x-acs-dingtalk-access-token", _token.Value);
                using var response = await _http.SendAsync(request, cancellationToken);
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
                response.EnsureSuccessStatusCode();
            },
            cancellationToken);
    }

    private async Task<AccessToken> TokenAsync(CancellationToken cancellationToken)
    {
        var tokens = new AccessTokens(new DingTalkHttp(_http, _dingTalk, TimeProvider.System), _dingTalk, TimeProvider.System);
        return await tokens.GetAsync(cancellationToken) is ApiAnswer<AccessToken>.Ok { Value: var token }
            ? token
            : throw new InvalidOperationException("The simulator gives no token.");
    }

    // The two ways of sending have ids of their own, or the queue would drop the second's as repeated.
    private static ServiceBusMessage[] Messages(RawOrder order)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = order.What == RawCall.Send ? "ended" : "group";
        return [.. Ordinals(order).Select(RawConference.IdOf).Select(id => Message(id, new Lineage($"{id}:{end}", now)))];
    }

    private static ServiceBusMessage Message(string id, Lineage lineage)
    {
        var conference = new ConferenceMessage(id, RawConference.UnionId, DevelopmentCredentials.CorpId, RawConference.EndedAt, Trigger.MeetingEnded);
        var message = new ServiceBusMessage(ConferenceMessageJson.Serialize(conference)) { MessageId = lineage.MessageId, ContentType = "application/json" };
        LineageProperties.Write(lineage, message.ApplicationProperties);
        return message;
    }

    private static IEnumerable<int> Ordinals(RawOrder order) => Enumerable.Range(order.First, order.Count);

    private static BlobUploadOptions UploadOptions() => new()
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
            ["endedOn"] = RawConference.EndedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
    };
}
