using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Failed;

/// <summary>A message that has failed, as an operator sees it.</summary>
public sealed record FailedMessage
{
    private const int MaxBodyLength = 2048;

    /// <summary>Its sequence number, which names it within its queue.</summary>
    public required long Id { get; init; }

    /// <summary>Its message id.</summary>
    public string? MessageId { get; init; }

    /// <summary>The conference; null where the body is unreadable.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>Why it failed: one of <see cref="Fetching.PoisonReasons"/>, or the dead-letter reason.</summary>
    public string? Reason { get; init; }

    /// <summary>What to fix; on dead-lettered messages.</summary>
    public string? Description { get; init; }

    /// <summary>What the reason means, and what to do; null where the reason is not known.</summary>
    public string? Advice { get; init; }

    /// <summary>DingTalk's code for the last error.</summary>
    public string? Code { get; init; }

    /// <summary>DingTalk's words for the last error.</summary>
    public string? Message { get; init; }

    /// <summary>DingTalk's id of the last failed request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the last failed request.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The type of the exception that ended the last look.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>How many messages of its lineage came before it.</summary>
    public int Step { get; init; }

    /// <summary>How often the recordings were not ready.</summary>
    public int Checks { get; init; }

    /// <summary>How many faults came in a row.</summary>
    public int Faults { get; init; }

    /// <summary>How many throttled answers came in a row.</summary>
    public int Throttles { get; init; }

    /// <summary>How often it was delivered, from where it lies.</summary>
    public int DeliveryCount { get; init; }

    /// <summary>When it came to where it lies, UTC.</summary>
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its lineage began, UTC.</summary>
    public DateTimeOffset? FirstEnqueuedAt { get; init; }

    /// <summary>When it first failed, UTC.</summary>
    public DateTimeOffset? FirstFailureAt { get; init; }

    /// <summary>When it last failed, UTC.</summary>
    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>The id that it had on the conference queue; on poisoned messages.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>The W3C trace id of its last look.</summary>
    public string? TraceId { get; init; }

    /// <summary>Its body; at most 2,048 characters of it.</summary>
    public required string Body { get; init; }

    internal static FailedMessage From(ServiceBusReceivedMessage message)
    {
        var properties = new PropertyReader(message.ApplicationProperties);
        var content = MessageBody.Read(message);
        var body = content.ToString();
        var trace = properties.Text(QueueProperties.TraceParent);
        var reason = properties.Text(QueueProperties.Reason) ?? message.DeadLetterReason;
        return new FailedMessage
        {
            Id = message.SequenceNumber,
            MessageId = message.MessageId,
            ConferenceId = ConferenceMessageJson.Parse(content.ToMemory().Span).Succeeded(out var conference, out _) ? conference.ConferenceId : null,
            Reason = reason,
            Advice = FailureAdvice.Of(reason),
            Description = message.DeadLetterErrorDescription ?? properties.Text(QueueProperties.Description),
            Code = properties.Text(QueueProperties.Code),
            Message = properties.Text(QueueProperties.Message),
            RequestId = properties.Text(QueueProperties.RequestId),
            HttpStatus = properties.Number(QueueProperties.HttpStatus),
            ExceptionType = properties.Text(QueueProperties.ExceptionType),
            Step = properties.Number(QueueProperties.Step) ?? 0,
            Checks = properties.Number(QueueProperties.Checks) ?? 0,
            Faults = properties.Number(QueueProperties.Faults) ?? 0,
            Throttles = properties.Number(QueueProperties.Throttles) ?? 0,
            // The message's own property throws where a broker peeks without a header; not every emulator writes one.
            DeliveryCount = (int)(message.GetRawAmqpMessage().Header.DeliveryCount ?? 0),
            EnqueuedAt = message.EnqueuedTime,
            FirstEnqueuedAt = properties.Time(QueueProperties.FirstEnqueuedAt),
            FirstFailureAt = properties.Time(QueueProperties.FirstFailureAt),
            LastFailureAt = properties.Time(QueueProperties.LastFailureAt),
            OriginalMessageId = properties.Text(QueueProperties.OriginalMessageId),
            TraceId = ActivityContext.TryParse(trace, null, out var context) ? context.TraceId.ToHexString() : null,
            Body = body.Length <= MaxBodyLength ? body : body[..MaxBodyLength],
        };
    }
}
