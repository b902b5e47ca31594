using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;

namespace Deployment.Tests.Documents;

/// <summary>docs/manifest.md shows a manifest as the app writes it, and names what else may stand in one.</summary>
public sealed partial class ManifestDocumentTests
{
    private static readonly string Document = Repository.Read("docs/manifest.md").ReplaceLineEndings("\n");

    [Fact]
    public void Its_example_is_what_the_app_writes()
    {
        var example = Example().Match(Document).Groups[1].Value;

        var manifest = ManifestJson.Deserialize(Encoding.UTF8.GetBytes(example), EndedAtSource.Event);

        Assert.Equal(example, Encoding.UTF8.GetString(ManifestJson.Serialize(manifest)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void It_names_every_field_of_the_schema()
        => Assert.All(
            JsonNode.Parse(Repository.Read("docs/manifest.schema.json"))!["properties"]!.AsObject().Select(static p => p.Key),
            static field => Assert.Matches($"[`\"]{field}[`\"]", Document));

    [Fact]
    public void The_settings_name_every_detail_that_can_be_left_out()
    {
        var row = Repository.Read("docs/settings.md").Split('\n')
            .Single(static line => line.StartsWith("| `Manifest__Omit`", StringComparison.Ordinal));

        Assert.Equal(
            Enum.GetNames<MeetingFields>().Except([nameof(MeetingFields.None)]).Order(StringComparer.OrdinalIgnoreCase),
            Name().Matches(row).Skip(1).Select(static m => m.Groups[1].Value).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^```json\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex Name();
}
