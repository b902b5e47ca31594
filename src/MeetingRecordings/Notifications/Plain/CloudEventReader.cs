using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace MeetingRecordings.Notifications.Plain;

/// <summary>
/// Reads CloudEvents 1.0 whose data is a plain notification, of any type. The source and id of an event are its idempotency
/// key, for together they are unique.
/// </summary>
/// <remarks>Source: CloudEvents 1.0.2, its JSON event format and its HTTP protocol binding.</remarks>
public static class CloudEventReader
{
    // The event and its array around what a plain notification may be.
    private const int MaxDepth = 10;
    private const string SpecVersion = "1.0";
    private const string EventExpected = "a CloudEvent 1.0 in the JSON event format";
    private const string DataExpected = "an object with conferenceId";

    private static readonly JsonEventFormatter Formatter = new();
    private static readonly string[] Required = ["id", "source", "type"];
    private static readonly string[] Optional = ["subject", "time", "dataschema"];

    /// <summary>Reads an event in the structured mode, or several in the batch mode.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    public static PlainReading Read(ReadOnlyMemory<byte> body)
        => NotificationList.Read(body, MaxDepth, $"{EventExpected}, or an array of them", ReadEvent);

    /// <summary>Reads an event in the binary mode: its attributes from headers, its data from the body.</summary>
    /// <param name="attributes">The attributes, by their names without the prefix <c>ce-</c>.</param>
    /// <param name="body">UTF-8 JSON.</param>
    public static PlainReading ReadBinary(IReadOnlyDictionary<string, string> attributes, ReadOnlyMemory<byte> body)
        => NotificationList.Read(body, MaxDepth, DataExpected, (JsonElement data, out MeetingNotification notification) =>
        {
            notification = null!;
            var fault = FaultOf(attributes.GetValueOrDefault) ?? Populate(new CloudEvent(CloudEventsSpecVersion.V1_0), attributes);
            return fault is not null ? fault with { Field = $"ce-{fault.Field}" }
                : PlainNotificationReader.ReadItem(data, KeyOf(attributes["source"], attributes["id"]), out notification);
        });

    private static PlainRejection? ReadEvent(JsonElement json, out MeetingNotification notification)
    {
        notification = null!;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new PlainRejection(0, "$", EventExpected);
        }

        CloudEvent read;
        try
        {
            if (FaultOf(name => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null) is { } fault)
            {
                return fault;
            }

            read = Formatter.ConvertFromJsonElement(json, extensionAttributes: null);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or JsonException)
        {
            // What the library says of it repeats what was sent.
            return new PlainRejection(0, "$", EventExpected);
        }

        return ReadData(read, out notification);
    }

    private static PlainRejection? ReadData(CloudEvent read, out MeetingNotification notification)
    {
        notification = null!;
        var key = KeyOf(read.Source!.OriginalString, read.Id!);
        PlainRejection? rejection;
        switch (read.Data)
        {
            case JsonElement json:
                rejection = PlainNotificationReader.ReadItem(json, key, out notification);
                break;
            case byte[] bytes:
                try
                {
                    using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
                    rejection = PlainNotificationReader.ReadItem(document.RootElement, key, out notification);
                }
                catch (JsonException)
                {
                    return new PlainRejection(0, "data_base64", $"the base64 of {DataExpected}");
                }

                break;
            case null:
                return new PlainRejection(0, "data", DataExpected);
            default:
                return new PlainRejection(0, "datacontenttype", "application/json, or none");
        }

        return rejection is null ? null : rejection with { Field = rejection.Field == "$" ? "data" : $"data.{rejection.Field}" };
    }

    private static PlainRejection? FaultOf(Func<string, string?> attribute)
        => attribute("specversion") != SpecVersion ? new PlainRejection(0, "specversion", SpecVersion)
            : Required.FirstOrDefault(name => attribute(name) is null or "") is { } missing ? new PlainRejection(0, missing, "a string that is not empty")
            : null;

    private static PlainRejection? Populate(CloudEvent target, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var name in Required.Concat(Optional))
        {
            try
            {
                if (attributes.TryGetValue(name, out var value))
                {
                    target.SetAttributeFromString(name, value);
                }
            }
            catch (ArgumentException)
            {
                return new PlainRejection(0, name, "a value as CloudEvents 1.0 defines it");
            }
        }

        return null;
    }

    // A source is a URI reference, so it holds no line break.
    private static string KeyOf(string source, string id) => $"{source}\n{id}";
}
