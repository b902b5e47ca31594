using CloudNative.CloudEvents.Http;
using MeetingRecordings.Notifications.Plain;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MeetingRecordings.Functions.Http;

/// <summary>Tells by its headers in which form a request brings plain notifications, and reads it.</summary>
internal static class NotificationContent
{
    private const string StructuredEvent = "application/cloudevents+json";
    private const string EventBatch = "application/cloudevents-batch+json";

    // Whoever sends one of these means an event, and is told which of the others is missing.
    private static readonly string[] EventHeaders = ["ce-specversion", "ce-id", "ce-source", "ce-type"];

    /// <summary>Reads the notifications.</summary>
    /// <param name="request">The request; its media type is some JSON.</param>
    /// <param name="body">Its body.</param>
    /// <param name="idempotencyKey">The sender's key; an event has its own instead.</param>
    public static PlainReading Read(HttpRequest request, ReadOnlyMemory<byte> body, string? idempotencyKey)
        => MediaTypeHeaderValue.Parse(request.ContentType).MediaType.Value?.ToLowerInvariant() is StructuredEvent or EventBatch ? CloudEventReader.Read(body)
            : EventHeaders.Any(request.Headers.ContainsKey) ? ReadBinary(request.Headers, body)
            : PlainNotificationReader.Read(body, idempotencyKey);

    private static PlainReading ReadBinary(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var (header, value) in headers)
        {
            if (HttpUtilities.GetAttributeNameFromHeaderName(header) is not { } name || !CloudEventReader.IsUsed(name))
            {
                continue;
            }

            try
            {
                attributes[name] = HttpUtilities.DecodeHeaderValue(value.ToString());
            }
            catch (ArgumentException)
            {
                var problem = new FieldProblem($"ce-{name}", "a value whose quotation, if it opens one, ends the value");
                return new PlainReading.Items([], [new RejectedItem(0, problem)]);
            }
        }

        return CloudEventReader.ReadBinary(attributes, body);
    }
}
