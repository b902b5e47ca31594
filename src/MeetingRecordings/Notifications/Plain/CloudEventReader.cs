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
        => NotificationList.Read(body, MaxDepth, $"{EventExpected}, or an array of them", ParseEvent);

    /// <summary>Reads an event in the binary mode: its attributes from headers, its data from the body.</summary>
    /// <param name="attributes">The attributes, by their names without the prefix <c>ce-</c>.</param>
    /// <param name="body">UTF-8 JSON.</param>
    public static PlainReading ReadBinary(IReadOnlyDictionary<string, string> attributes, ReadOnlyMemory<byte> body)
        => NotificationList.Read(body, MaxDepth, DataExpected, data =>
        {
            var problem = ProblemOf(attributes.GetValueOrDefault) ?? Populate(new CloudEvent(CloudEventsSpecVersion.V1_0), attributes);
            return problem is not null ? problem with { Field = $"ce-{problem.Field}" }
                : PlainNotificationReader.ParseItem(data, KeyOf(attributes["source"], attributes["id"]));
        });

    private static Parsed<MeetingNotification> ParseEvent(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new FieldProblem("$", EventExpected);
        }

        try
        {
            return ProblemOf(name => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                is { } problem
                ? problem
                : ParseData(Formatter.ConvertFromJsonElement(json, extensionAttributes: null));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or JsonException)
        {
            // What the library says of it repeats what was sent.
            return new FieldProblem("$", EventExpected);
        }
    }

    private static Parsed<MeetingNotification> ParseData(CloudEvent read)
    {
        var key = KeyOf(read.Source!.OriginalString, read.Id!);
        Parsed<MeetingNotification> parsed;
        switch (read.Data)
        {
            case JsonElement json:
                parsed = PlainNotificationReader.ParseItem(json, key);
                break;
            case byte[] bytes:
                try
                {
                    using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
                    parsed = PlainNotificationReader.ParseItem(document.RootElement, key);
                }
                catch (JsonException)
                {
                    return new FieldProblem("data_base64", $"the base64 of {DataExpected}");
                }

                break;
            case null:
                return new FieldProblem("data", DataExpected);
            default:
                return new FieldProblem("datacontenttype", "application/json, or none");
        }

        return parsed.Succeeded(out _, out var problem) ? parsed
            : problem with { Field = problem.Field == "$" ? "data" : $"data.{problem.Field}" };
    }

    private static FieldProblem? ProblemOf(Func<string, string?> attribute)
        => attribute("specversion") != SpecVersion ? new FieldProblem("specversion", SpecVersion)
            : Required.FirstOrDefault(name => attribute(name) is null or "") is { } missing ? new FieldProblem(missing, "a string that is not empty")
            : null;

    private static FieldProblem? Populate(CloudEvent target, IReadOnlyDictionary<string, string> attributes)
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
                return new FieldProblem(name, "a value as CloudEvents 1.0 defines it");
            }
        }

        return null;
    }

    // A source is a URI reference, so it holds no line break.
    private static string KeyOf(string source, string id) => $"{source}\n{id}";
}
