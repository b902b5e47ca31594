using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>
/// Enqueues the pushes that DingTalk could not deliver. DingTalk forgets a page when the next one is asked for, so no page is
/// asked for before the last one is on the queue, not even by a later run.
/// </summary>
/// <param name="pushes">Asks DingTalk.</param>
/// <param name="queue">Where conferences go.</param>
/// <param name="firstLooks">Which notifications are wanted.</param>
/// <param name="budget">Says whether DingTalk may be asked.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
public sealed partial class FailedPushSweep(
    FailedPushClient pushes,
    ConferenceQueue queue,
    FirstLookPolicy firstLooks,
    CallBudget budget,
    TimeProvider clock,
    ILogger<FailedPushSweep> logger) : IDisposable
{
    // DingTalk gives 200 at a time; what is left waits for the next run.
    private const int MaxPages = 50;
    private const int EnqueueRetries = 5;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EnqueueDeadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<MeetingNotification> _pending = [];

    /// <summary>Asks page by page until there are no more.</summary>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>How many conferences were enqueued.</returns>
    /// <exception cref="Azure.Messaging.ServiceBus.ServiceBusException">A page could not be enqueued; the next run tries it first.</exception>
    /// <exception cref="TimeoutException">As before.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var enqueued = await EnqueuePendingAsync(cancellationToken);
            var hasMore = true;
            for (var page = 0; hasMore && page < MaxPages && !cancellationToken.IsCancellationRequested; page++)
            {
                hasMore = await budget.WaitAsync(isAnnounced: false, cancellationToken) is null && await TakePageAsync();
                enqueued += await EnqueuePendingAsync(cancellationToken);
            }

            await budget.KeepAsync(cancellationToken);
            return enqueued;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<bool> TakePageAsync()
    {
        var answer = await pushes.TakeAsync();
        if (answer is not ApiAnswer<FailedPushPage>.Ok { Value: var page })
        {
            Log.NotRead(logger, answer.Error!.Code, answer.Error.RequestId);
            return false;
        }

        _pending = [.. page.Pushes.Select(Decode).OfType<MeetingNotification>()];
        return page.HasMore;
    }

    private MeetingNotification? Decode(FailedPush push)
    {
        switch (DingTalkEventReader.Read(push.Plaintext.Span))
        {
            case DingTalkEvent.Notified notified when firstLooks.IsWanted(notified.Notification.Message):
                return notified.Notification;
            case DingTalkEvent.Malformed malformed:
                Log.Malformed(logger, push.Tag, malformed.Problem.Field);
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
            await EnqueueWithRetriesAsync(cancellationToken);
        }
        catch
        {
            // Should the app end before the next run, this line is all that is left of them.
            Log.NotEnqueued(logger, string.Join(' ', _pending.Select(static notification => notification.Message.ConferenceId)));
            throw;
        }

        var enqueued = _pending.Count;
        RecordingTelemetry.Notified(enqueued, NotificationOutcomes.Swept);
        _pending = [];
        Log.Enqueued(logger, enqueued);
        return enqueued;
    }

    private async Task EnqueueWithRetriesAsync(CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                await queue.EnqueueAsync(_pending, EnqueueDeadline, cancellationToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException && retry < EnqueueRetries)
            {
                await Task.Delay(FirstRetryDelay * Math.Pow(2, retry), clock, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "{Count} conferences are enqueued whose pushes had failed")]
        public static partial void Enqueued(ILogger logger, int count);

        [LoggerMessage(501, LogLevel.Warning, "DingTalk does not list the pushes that failed (code {Code}, request {RequestId})")]
        public static partial void NotRead(ILogger logger, string code, string? requestId);

        [LoggerMessage(502, LogLevel.Error, "A failed push of type {EventType} is lost: its field {Field} is unusable")]
        public static partial void Malformed(ILogger logger, string eventType, string field);

        [LoggerMessage(
            503,
            LogLevel.Error,
            "Conferences whose pushes had failed could not be enqueued; the next run tries again. If the app ends before, back-fill them: {ConferenceIds}")]
        public static partial void NotEnqueued(ILogger logger, string conferenceIds);
    }
}
