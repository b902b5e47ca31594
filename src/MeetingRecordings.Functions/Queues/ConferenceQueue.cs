using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Notifications;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Functions.Queues;

/// <summary>The queue of conferences to look at.</summary>
/// <param name="sender">Sends to it.</param>
/// <param name="firstLooks">When a notified conference is first looked at.</param>
/// <param name="omitted">What of a meeting's details is not kept.</param>
/// <param name="clock">The time.</param>
public sealed class ConferenceQueue(BatchingSender sender, FirstLookPolicy firstLooks, MeetingFields omitted, TimeProvider clock)
{
    private const string ContentType = "application/json";

    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private long _accepted;

    /// <summary>How many notifications this instance has put on the queue.</summary>
    public AcceptedNotifications Accepted => new(Interlocked.Read(ref _accepted), _since);

    /// <summary>Puts notifications on the queue. It returns only once Service Bus has accepted all of them.</summary>
    /// <param name="notifications">The notifications.</param>
    /// <param name="deadline">How long they may wait for Service Bus.</param>
    /// <param name="cancellationToken">Gives the attempt up; some may have been accepted by then.</param>
    /// <exception cref="ServiceBusException">Not all were accepted.</exception>
    /// <exception cref="TimeoutException">Not all were accepted within the deadline.</exception>
    public async Task EnqueueAsync(IReadOnlyCollection<MeetingNotification> notifications, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var failures = await TryEnqueueAsync(notifications, deadline, cancellationToken);
        if (failures.FirstOrDefault(static failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Puts notifications on the queue, each for itself.</summary>
    /// <param name="notifications">The notifications.</param>
    /// <param name="deadline">How long they may wait for Service Bus.</param>
    /// <param name="cancellationToken">Gives the attempt up; some may have been accepted by then.</param>
    /// <returns>
    /// For each, in their order: null where Service Bus has accepted it, else why it is not known to have: what
    /// <see cref="EnqueueAsync(IReadOnlyCollection{MeetingNotification}, TimeSpan, CancellationToken)"/> throws.
    /// </returns>
    public async Task<IReadOnlyList<Exception?>> TryEnqueueAsync(
        IReadOnlyCollection<MeetingNotification> notifications,
        TimeSpan deadline,
        CancellationToken cancellationToken)
    {
        using var activity = RecordingTelemetry.Source.StartActivity("enqueue notifications", ActivityKind.Producer);
        var now = clock.GetUtcNow();
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        return await Task.WhenAll(notifications.Select(SendAsync));

        async Task<Exception?> SendAsync(MeetingNotification notification)
        {
            try
            {
                var message = notification.Message;
                await sender.SendAsync(CreateMessage(message, notification.Begin(now), firstLooks.WaitFor(message, now)), either.Token);
                Interlocked.Increment(ref _accepted);
                return null;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                return e is OperationCanceledException
                    ? new TimeoutException($"Service Bus has not accepted the notifications within {deadline.TotalMilliseconds} ms.", e)
                    : e;
            }
        }
    }

    /// <summary>Puts one message on the queue. It returns only once Service Bus has accepted it.</summary>
    /// <param name="message">The conference, and why.</param>
    /// <param name="lineage">What it carries.</param>
    /// <param name="cancellationToken">Gives the attempt up; it may have been accepted by then.</param>
    /// <exception cref="ServiceBusException">It was not accepted.</exception>
    public Task EnqueueAsync(ConferenceMessage message, Lineage lineage, CancellationToken cancellationToken)
        => sender.SendAsync(CreateMessage(message, lineage, TimeSpan.Zero), cancellationToken);

    /// <summary>Puts a further look at a conference on the queue, to be delivered later.</summary>
    /// <param name="message">The conference, and why.</param>
    /// <param name="lineage">What it carries; its step makes the message id.</param>
    /// <param name="after">How long to wait.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public Task ScheduleAsync(ConferenceMessage message, Lineage lineage, TimeSpan after, CancellationToken cancellationToken)
        => sender.SendAsync(CreateMessage(message, lineage, after), cancellationToken);

    private ServiceBusMessage CreateMessage(ConferenceMessage message, Lineage lineage, TimeSpan after)
    {
        var body = message with { Meeting = message.Meeting?.Without(omitted) };
        var created = new ServiceBusMessage(ConferenceMessageJson.Serialize(body))
        {
            MessageId = lineage.MessageId,
            ContentType = ContentType,
        };
        if (after > TimeSpan.Zero)
        {
            created.ScheduledEnqueueTime = clock.GetUtcNow() + after;
        }

        LineageProperties.Write(lineage, created.ApplicationProperties);
        return created;
    }
}
