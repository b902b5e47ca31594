using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace MeetingRecordings.Functions.Tests;

/// <summary>The document that the app serves, and whether an answer is one that it describes.</summary>
public static class OpenApiDocument
{
    private static readonly Dictionary<string, JsonSchema> Schemas = [];

    /// <summary>The document.</summary>
    public static JsonObject Root { get; } = Load();

    /// <summary>Every operation: its path, method and description.</summary>
    public static IEnumerable<(string Path, string Method, JsonObject Operation)> Operations
        => from path in Root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select (path.Key, operation.Key, operation.Value!.AsObject());

    /// <summary>Fails the test where the answer is not one that the document describes.</summary>
    public static void AssertDescribes(string operationId, int status, string? contentType, JsonElement body)
    {
        var operation = Operations.Single(o => o.Operation["operationId"]!.GetValue<string>() == operationId).Operation;
        var response = operation["responses"]![$"{status}"]?.AsObject();
        Assert.True(response is not null, $"{operationId} answered {status}, which is not described.");
        var content = Resolve(response)["content"]?.AsObject();
        Assert.True(content is not null && content.ContainsKey(contentType ?? ""), $"{operationId} answered {status} with {contentType}, which is not described.");
        var schema = content[contentType!]!["schema"]!.ToJsonString();
        var result = SchemaOf(schema).Evaluate(body, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, $"{operationId} answered {status} with {JsonSerializer.Serialize(body)}, which is not {schema}: {JsonSerializer.Serialize(result)}");
    }

    /// <summary>What a reference refers to; anything else is itself.</summary>
    public static JsonObject Resolve(JsonObject node)
        => node["$ref"]?.GetValue<string>() is not { } reference ? node
            : reference["#/".Length..].Split('/').Aggregate((JsonNode)Root, static (at, step) => at[step]!).AsObject();

    /// <summary>A schema of the document, with all of its components at hand.</summary>
    public static JsonSchema SchemaOf(string json)
    {
        lock (Schemas)
        {
            if (!Schemas.TryGetValue(json, out var schema))
            {
                var root = JsonNode.Parse(json)!.AsObject();
                root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
                root["$defs"] = Root["components"]!["schemas"]!.DeepClone();
                schema = JsonSchema.FromText(root.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
                Schemas.Add(json, schema);
            }

            return schema;
        }
    }

    private static JsonObject Load()
    {
        using var resource = typeof(OpenApi).Assembly.GetManifestResourceStream("MeetingRecordings.Functions.openapi.json")!;
        return JsonNode.Parse(resource)!.AsObject();
    }
}
