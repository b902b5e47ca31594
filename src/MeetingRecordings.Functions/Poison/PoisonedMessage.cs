using System.Diagnostics;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Poison;

/// <summary>A message that was given up, as an operator sees it.</summary>
public sealed record PoisonedMessage
{
    private const int MaxBodyLength = 2048;

    /// <summary>Its sequence number, which names it within its queue.</summary>
    public required long Id { get; init; }

    /// <summary>Its message id.</summary>
    public string? MessageId { get; init; }

    /// <summary>The conference; null where the body is unreadable.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>Why it was given up: one of <see cref="Fetching.PoisonReasons"/>, or the dead-letter reason.</summary>
    public string? Reason { get; init; }

    /// <summary>What to fix; on dead-lettered messages.</summary>
    public string? Description { get; init; }

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

    internal static PoisonedMessage From(ServiceBusReceivedMessage message)
    {
        var properties = message.ApplicationProperties;
        var body = message.Body.ToString();
        return new PoisonedMessage
        {
            Id = message.SequenceNumber,
            MessageId = message.MessageId,
            ConferenceId = ConferenceMessageJson.TryDeserialize(message.Body, out var conference) is null ? conference.ConferenceId : null,
            Reason = Text(QueueProperties.Reason) ?? message.DeadLetterReason,
            Description = message.DeadLetterErrorDescription,
            Code = Text(QueueProperties.Code),
            Message = Text(QueueProperties.Message),
            RequestId = Text(QueueProperties.RequestId),
            HttpStatus = properties.TryGetValue(QueueProperties.HttpStatus, out var status) ? status as int? : null,
            ExceptionType = Text(QueueProperties.ExceptionType),
            Step = Number(QueueProperties.Step),
            Checks = Number(QueueProperties.Checks),
            Faults = Number(QueueProperties.Faults),
            Throttles = Number(QueueProperties.Throttles),
            // The message's own property throws where a broker peeks without a header; not every emulator writes one.
            DeliveryCount = (int)(message.GetRawAmqpMessage().Header.DeliveryCount ?? 0),
            EnqueuedAt = message.EnqueuedTime,
            FirstEnqueuedAt = Timestamp(QueueProperties.FirstEnqueuedAt),
            FirstFailureAt = Timestamp(QueueProperties.FirstFailureAt),
            LastFailureAt = Timestamp(QueueProperties.LastFailureAt),
            OriginalMessageId = Text(QueueProperties.OriginalMessageId),
            TraceId = ActivityContext.TryParse(Text(QueueProperties.TraceParent), null, out var context) ? context.TraceId.ToHexString() : null,
            Body = body.Length <= MaxBodyLength ? body : body[..MaxBodyLength],
        };

        string? Text(string name) => properties.TryGetValue(name, out var value) ? value as string : null;
        int Number(string name) => properties.TryGetValue(name, out var value) && value is int number ? number : 0;
        DateTimeOffset? Timestamp(string name)
            => DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;
    }
}
