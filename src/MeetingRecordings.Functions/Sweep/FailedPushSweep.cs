using MeetingRecordings.Checkpoints;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>
/// Enqueues the pushes that DingTalk could not deliver. DingTalk forgets a page when the next one is asked for, so no page is
/// asked for before the last one is on the queue, not even by a later run.
/// </summary>
public sealed partial class FailedPushSweep : IDisposable
{
    // DingTalk gives 200 at a time; what is left waits for the next run.
    private const int MaxPages = 50;
    private const int EnqueueRetries = 5;

    private static readonly TimeSpan EnqueueDeadline = TimeSpan.FromSeconds(10);

    private readonly FailedPushClient _reader;
    private readonly ConferenceQueue _queue;
    private readonly ILogger<FailedPushSweep> _logger;
    private readonly ICheckpoints? _checkpoints;
    private readonly ResiliencePipeline _enqueueTries;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<MeetingNotification> _pending = [];

    /// <summary>Creates a sweep.</summary>
    /// <param name="reader">Asks DingTalk.</param>
    /// <param name="queue">Where conferences go.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Where it is told.</param>
    /// <param name="checkpoints">Told of every step. Default: nobody.</param>
    public FailedPushSweep(
        FailedPushClient reader,
        ConferenceQueue queue,
        TimeProvider clock,
        ILogger<FailedPushSweep> logger,
        ICheckpoints? checkpoints = null)
    {
        _reader = reader;
        _queue = queue;
        _logger = logger;
        _checkpoints = checkpoints;
        _enqueueTries = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is not (null or OperationCanceledException)),
                MaxRetryAttempts = EnqueueRetries,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
            })
            .Build();
    }

    /// <summary>Asks page by page until there are no more.</summary>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>How many conferences were enqueued.</returns>
    /// <exception cref="Azure.Messaging.ServiceBus.ServiceBusException">A page could not be enqueued; the next run tries it again first.</exception>
    /// <exception cref="TimeoutException">As before.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var enqueued = await EnqueuePendingAsync(cancellationToken).ConfigureAwait(false);
            var hasMore = true;
            for (var page = 0; hasMore && page < MaxPages && !cancellationToken.IsCancellationRequested; page++)
            {
                hasMore = await ReadPageAsync().ConfigureAwait(false);
                enqueued += await EnqueuePendingAsync(cancellationToken).ConfigureAwait(false);
            }

            return enqueued;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<bool> ReadPageAsync()
    {
        switch (await _reader.ReadAsync().ConfigureAwait(false))
        {
            case ApiAnswer<FailedPushPage>.Ok { Value: var page }:
                _pending = [.. page.Pushes.Select(Decode).OfType<MeetingNotification>()];
                return page.HasMore;
            case ApiAnswer<FailedPushPage>.Failed { Error: var error }:
                Log.NotRead(_logger, error.Code, error.RequestId);
                return false;
            case var unknown:
                throw new InvalidOperationException($"{unknown.GetType()} is no answer that is known here.");
        }
    }

    private MeetingNotification? Decode(FailedPush push)
    {
        switch (DingTalkEventReader.Read(push.Plaintext.Span))
        {
            case DingTalkEvent.Notified notified:
                return notified.Notification;
            case DingTalkEvent.Malformed malformed:
                Log.Malformed(_logger, push.Tag, malformed.Field);
                return null;
            default:
                return null;
        }
    }

    private async Task<int> EnqueuePendingAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count == 0)
        {
            return 0;
        }

        try
        {
            await _enqueueTries.ExecuteAsync(async token => await _queue.EnqueueAsync(_pending, EnqueueDeadline, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Should the app end before the next run, this line is all that is left of them.
            Log.NotEnqueued(_logger, string.Join(' ', _pending.Select(static notification => notification.Message.ConferenceId)));
            throw;
        }

        _checkpoints?.Pass(Checkpoint.SweepPageEnqueued);
        var enqueued = _pending.Count;
        RecordingTelemetry.Notified(enqueued, "swept");
        _pending = [];
        Log.Enqueued(_logger, enqueued);
        return enqueued;
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "{Count} conferences are enqueued whose pushes had failed")]
        public static partial void Enqueued(ILogger logger, int count);

        [LoggerMessage(501, LogLevel.Warning, "DingTalk does not list the pushes that failed (code {Code}, request {RequestId})")]
        public static partial void NotRead(ILogger logger, string code, string? requestId);

        [LoggerMessage(502, LogLevel.Error, "A failed push of type {EventType} is lost: its field {Field} is unusable")]
        public static partial void Malformed(ILogger logger, string eventType, string field);

        [LoggerMessage(503, LogLevel.Error, "Conferences whose pushes had failed could not be enqueued; the next run tries again. If the app ends before, back-fill them: {ConferenceIds}")]
        public static partial void NotEnqueued(ILogger logger, string conferenceIds);
    }
}
