using Azure;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications;
using MeetingRecordings.Notifications.Events;
using MeetingRecordings.Telemetry;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Sweep;

/// <summary>
/// Enqueues the pushes that DingTalk could not deliver. DingTalk forgets a page when the next one is asked for, so a page is kept before
/// it is enqueued, and enqueued before the next one is asked for; what an earlier run has left comes first.
/// </summary>
/// <param name="pushes">Asks DingTalk.</param>
/// <param name="store">Keeps what DingTalk forgets.</param>
/// <param name="queue">Where conferences go.</param>
/// <param name="firstLooks">Which notifications are wanted.</param>
/// <param name="budget">Says whether DingTalk may be asked.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
public sealed partial class FailedPushSweep(
    FailedPushClient pushes,
    IFailedPushStore store,
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
    private KeptPage? _unkept;

    /// <summary>Asks page by page until there are no more.</summary>
    /// <param name="cancellationToken">The host is stopping.</param>
    /// <returns>How many conferences were enqueued.</returns>
    /// <exception cref="Azure.Messaging.ServiceBus.ServiceBusException">A page could not be enqueued; the next run tries it first.</exception>
    /// <exception cref="TimeoutException">As before.</exception>
    /// <exception cref="RequestFailedException">Nothing can be kept, so nothing was asked for; or what is done is still kept.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var enqueued = await EnqueueEarlierAsync(cancellationToken);
            var hasMore = true;
            for (var page = 0; hasMore && page < MaxPages && !cancellationToken.IsCancellationRequested; page++)
            {
                hasMore = false;
                if (await budget.WaitAsync(CallPurpose.Look, cancellationToken) is null
                    && await TakePageAsync(cancellationToken) is var (taken, more))
                {
                    (hasMore, enqueued) = (more, enqueued + await EnqueueAsync(taken, cancellationToken));
                }
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

    private async Task<int> EnqueueEarlierAsync(CancellationToken cancellationToken)
    {
        var enqueued = _unkept is null ? 0 : await EnqueueAsync(_unkept, cancellationToken);
        await foreach (var page in store.ListAsync(cancellationToken))
        {
            enqueued += await EnqueueAsync(page, cancellationToken);
        }

        return enqueued;
    }

    private async Task<(KeptPage Page, bool HasMore)?> TakePageAsync(CancellationToken cancellationToken)
    {
        var answer = await pushes.TakeAsync();
        if (answer is not ApiAnswer<FailedPushPage>.Ok { Value: var page })
        {
            Log.NotRead(logger, answer.Error!.Code, answer.Error.RequestId);
            return null;
        }

        var wanted = page.Pushes.Where(push => IsUnreadable(push) || ToNotification(push) is not null).ToList();
        return (wanted.Count == 0 ? new KeptPage([], null) : await KeepAsync(wanted, cancellationToken), page.HasMore);
    }

    private async Task<KeptPage> KeepAsync(IReadOnlyList<FailedPush> pushes, CancellationToken cancellationToken)
    {
        try
        {
            return new KeptPage(pushes, await store.KeepAsync(pushes, cancellationToken));
        }
        catch (Exception e)
        {
            // DingTalk has forgotten them: memory is then all there is.
            Log.NotKept(logger, e.GetType().Name, e);
            return _unkept = new KeptPage(pushes, null);
        }
    }

    private static bool IsUnreadable(FailedPush push)
        => (push.Tag.Length == 0 || DingTalkEventReader.IsOfConference(push.Tag))
            && DingTalkEventReader.Read(push.Plaintext.Span) is DingTalkEvent.Malformed;

    private MeetingNotification? ToNotification(FailedPush push)
        => DingTalkEventReader.Read(push.Plaintext.Span) is DingTalkEvent.Notified { Notification: var notification }
            && firstLooks.IsWanted(notification.Message)
            ? notification
            : null;

    private async Task<int> EnqueueAsync(KeptPage page, CancellationToken cancellationToken)
    {
        MeetingNotification[] notifications = [.. page.Pushes.Select(ToNotification).OfType<MeetingNotification>()];
        if (notifications.Length > 0)
        {
            await EnqueueAsync(notifications, page.Place, cancellationToken);
        }

        foreach (var push in page.Pushes.Where(IsUnreadable))
        {
            Log.Unreadable(logger, push.Tag, await store.SetAsideAsync(push, cancellationToken));
        }

        if (page.Place is not null)
        {
            await store.DropAsync(page.Place, cancellationToken);
        }

        _unkept = page == _unkept ? null : _unkept;
        return notifications.Length;
    }

    private async Task EnqueueAsync(MeetingNotification[] notifications, string? place, CancellationToken cancellationToken)
    {
        try
        {
            await EnqueueWithRetriesAsync(notifications, cancellationToken);
        }
        catch
        {
            var ids = string.Join(' ', notifications.Select(static notification => notification.Message.ConferenceId));
            Log.NotEnqueued(logger, place ?? "memory alone: back-fill them if the app ends before", ids);
            throw;
        }

        RecordingTelemetry.Notified(notifications.Length, NotificationOutcomes.Swept);
        Log.Enqueued(logger, notifications.Length);
    }

    private async Task EnqueueWithRetriesAsync(MeetingNotification[] notifications, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                await queue.EnqueueAsync(notifications, EnqueueDeadline, cancellationToken);
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

        [LoggerMessage(502, LogLevel.Error, "A failed push of type '{EventType}' cannot be read; it is kept in {Blob}")]
        public static partial void Unreadable(ILogger logger, string eventType, string blob);

        [LoggerMessage(
            503,
            LogLevel.Error,
            "Conferences whose pushes had failed could not be enqueued; the next run tries again. They are kept in {Place}: {ConferenceIds}")]
        public static partial void NotEnqueued(ILogger logger, string place, string conferenceIds);

        [LoggerMessage(504, LogLevel.Warning, "Failed pushes are in memory alone until they are enqueued: they could not be kept ({ExceptionType})")]
        public static partial void NotKept(ILogger logger, string exceptionType, Exception exception);
    }
}
