using System.Net.Http.Headers;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using MeetingRecordings.Reading;

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
    private const string Base64 = "data_base64";
    private const string DataExpected = "an object with conferenceId";

    private static readonly JsonEventFormatter Formatter = new();
    private static readonly string[] Required = ["id", "source", "type"];

    // The rest of an event is not used, and extensions are named as their senders like.
    private static readonly string[] Used = ["specversion", "id", "source", "type", "datacontenttype", "data", Base64];

    /// <summary>Reads an event in the structured mode, or several in the batch mode.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    public static PlainReading Read(ReadOnlyMemory<byte> body)
        => NotificationList.Read(body, MaxDepth, $"{EventExpected}, or an array of them", ParseEvent);

    /// <summary>Reads an event in the binary mode: its attributes from headers, its data from the body.</summary>
    /// <param name="attributes">The attributes, by their names without the prefix <c>ce-</c>.</param>
    /// <param name="body">UTF-8 JSON.</param>
    public static PlainReading ReadBinary(IReadOnlyDictionary<string, string> attributes, ReadOnlyMemory<byte> body)
        => NotificationList.Read(body, MaxDepth, DataExpected, data
            => ProblemOf(attributes.GetValueOrDefault) is { } problem ? problem with { Field = $"ce-{problem.Field}" }
                : PlainNotificationReader.ParseItem(data, KeyOf(attributes["source"], attributes["id"])));

    /// <summary>Whether an attribute is one that is read in the binary mode; the others may be as they like.</summary>
    /// <param name="attribute">Its name without the prefix <c>ce-</c>.</param>
    public static bool IsUsed(string attribute) => attribute is "specversion" or "time" || Required.Contains(attribute);

    private static Parsed<MeetingNotification> ParseEvent(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new FieldProblem("$", EventExpected);
        }

        var problem = ProblemOf(name => TextOf(json, name)) ?? ProblemOfTime(json) ?? ProblemOfData(json);
        try
        {
            return problem is not null ? problem : ParseData(Formatter.ConvertFromJsonElement(UsedOf(json), extensionAttributes: null));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or JsonException)
        {
            // What the library says of it repeats what was sent.
            return new FieldProblem("$", EventExpected);
        }
    }

    private static JsonElement UsedOf(JsonElement json) => JsonSerializer.SerializeToElement(
        Used.Where(name => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            .ToDictionary(static name => name, json.GetProperty),
        PlainJsonContext.Default.DictionaryStringJsonElement);

    // Null also for half a surrogate pair, which is no text.
    private static string? TextOf(JsonElement json, string name)
    {
        try
        {
            return json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Has(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static FieldProblem? ProblemOfTime(JsonElement json)
        => Has(json, "time") && TextOf(json, "time") is null ? new FieldProblem("time", InstantText.Expected) : null;

    private static FieldProblem? ProblemOfData(JsonElement json)
        => Has(json, "datacontenttype") && !MediaTypeHeaderValue.TryParse(TextOf(json, "datacontenttype"), out _)
            ? new FieldProblem("datacontenttype", "application/json, or none")
            : !Has(json, Base64) ? null
            : Has(json, "data") ? new FieldProblem(Base64, "data or data_base64, not both")
            : TextOf(json, Base64) is { } text && Convert.TryFromBase64String(text, new byte[text.Length], out _) ? null
            : new FieldProblem(Base64, $"the base64 of {DataExpected}");

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
                    using var document = JsonDocument.Parse(ByteOrderMark.Skip(bytes.AsMemory()), new JsonDocumentOptions { MaxDepth = MaxDepth });
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
            : !Uri.TryCreate(attribute("source"), UriKind.RelativeOrAbsolute, out _) ? new FieldProblem("source", "a URI reference")
            : attribute("time") is { } time && !InstantText.TryParse(time, out _) ? new FieldProblem("time", InstantText.Expected)
            : null;

    // A source is a URI reference, so it holds no line break.
    private static string KeyOf(string source, string id) => $"{source}\n{id}";
}
