using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Tests.Manifests;

/// <summary>The schema that is published as docs/manifest.schema.json.</summary>
public sealed class ManifestSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "manifest.schema.json")));

    [Fact]
    public void Every_manifest_that_is_written_is_valid()
    {
        Assert.True(IsValid(GoldenManifest.Read("recorded")));
        Assert.True(IsValid(GoldenManifest.Read("notRecorded")));
        ManifestGen.Manifest.Sample(static manifest => IsValid(ManifestJson.Serialize(manifest)), print: ManifestGen.Print);
    }

    [Fact]
    public void A_manifest_that_lacks_any_field_is_not_valid()
    {
        var removed = 0;
        foreach (var path in ObjectPaths(JsonNode.Parse(GoldenManifest.Read("recorded"))!))
        {
            var manifest = JsonNode.Parse(GoldenManifest.Read("recorded"))!;
            var (holder, name) = Resolve(manifest, path);
            holder.Remove(name);
            Assert.False(IsValid(manifest), $"Valid without {string.Join('.', path)}");
            removed++;
        }

        Assert.True(removed > 40);
    }

    [Theory]
    [InlineData("schemaVersion", "2")]
    [InlineData("schemaVersion", "\"1\"")]
    [InlineData("conferenceId", "null")]
    [InlineData("conferenceId", "\"a/b\"")]
    [InlineData("conferenceId", "\"\"")]
    [InlineData("corpId", "17")]
    [InlineData("endedAt", "\"2026-11-23T08:00:00+08:00\"")]
    [InlineData("endedAt", "1795420800000")]
    [InlineData("status", "\"Recorded\"")]
    [InlineData("status", "\"notRecorded\"")]
    [InlineData("totals", "null")]
    [InlineData("totals", "{\"videos\":-1,\"bytes\":0,\"durationMs\":0}")]
    [InlineData("recordings", "{}")]
    [InlineData("recordings", "[{\"recordId\":\"r\",\"videos\":[]}]")]
    [InlineData("title", "\"\"")]
    [InlineData("title", "null")]
    [InlineData("startedAt", "\"yesterday\"")]
    public void A_manifest_with_another_value_is_not_valid(string field, string value)
    {
        var manifest = JsonNode.Parse(GoldenManifest.Read("recorded"))!;
        manifest[field] = JsonNode.Parse(value);

        Assert.False(IsValid(manifest));
    }

    [Fact]
    public void A_field_that_a_later_version_adds_is_none_of_a_readers_business()
    {
        var manifest = JsonNode.Parse(GoldenManifest.Read("recorded"))!;
        manifest["added"] = 1;

        Assert.True(IsValid(manifest));
        Assert.Equal(GoldenManifest.Recorded.Videos, ManifestJson.Deserialize(JsonSerializer.SerializeToUtf8Bytes(manifest), EndedAtSource.Event).Videos);
    }

    [Fact]
    public void Every_field_that_is_written_is_described()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "manifest.schema.json")));
        var described = schema.RootElement.GetProperty("properties").EnumerateObject().Select(static property => property.Name).ToHashSet();

        ManifestGen.Manifest.Sample(manifest =>
        {
            using var written = JsonDocument.Parse(ManifestJson.Serialize(manifest));
            return written.RootElement.EnumerateObject().All(property => described.Contains(property.Name));
        });
    }

    [Fact]
    public void The_version_of_the_schema_is_the_version_that_is_written()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "manifest.schema.json")));

        Assert.Equal(
            ManifestJson.SchemaVersion,
            schema.RootElement.GetProperty("properties").GetProperty("schemaVersion").GetProperty("const").GetInt32());
    }

    private static IEnumerable<string[]> ObjectPaths(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(static field => new[] { Array.Empty<string>() }
            .Concat(field.Value is null ? [] : ObjectPaths(field.Value))
            .Select(rest => (string[])[field.Key, .. rest])),
        JsonArray items => items.SelectMany(static (item, i) => ObjectPaths(item!).Select(rest => (string[])[$"{i}", .. rest])),
        _ => [],
    };

    private static (JsonObject Holder, string Name) Resolve(JsonNode manifest, string[] path)
    {
        var holder = path[..^1].Aggregate(manifest, static (node, step) => node is JsonArray items
            ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]!
            : node[step]!);
        return ((JsonObject)holder, path[^1]);
    }

    private static bool IsValid(JsonNode manifest) => IsValid(JsonSerializer.SerializeToUtf8Bytes(manifest));

    private static bool IsValid(byte[] manifest)
    {
        using var document = JsonDocument.Parse(manifest);
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}
