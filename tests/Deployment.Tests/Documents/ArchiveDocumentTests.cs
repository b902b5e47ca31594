using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MeetingRecordings.Archiving;

namespace Deployment.Tests.Documents;

/// <summary>docs/archive.md shows what lies beside a file as the app writes it, and names every state and reason.</summary>
public sealed partial class ArchiveDocumentTests
{
    private static readonly string Document = Repository.Read("docs/archive.md").ReplaceLineEndings("\n");

    [Fact]
    public void Its_example_is_what_the_app_writes()
    {
        var example = Encoding.UTF8.GetBytes(JsonNode.Parse(Example().Match(Document).Groups[1].Value)!.ToJsonString());

        var sidecar = SidecarJson.Deserialize(example);

        Assert.Equal(
            JsonNode.Parse(SidecarJson.Serialize(sidecar, new RecordingName(sidecar.ConferenceId, sidecar.MediaId).File))!.ToJsonString(),
            JsonNode.Parse(example)!.ToJsonString());
    }

    [Fact]
    public void It_names_every_state_and_every_reason() => Assert.All(
        Enum.GetValues<ArchiveState>().Select(SidecarJson.ToText).Concat(Constants(typeof(SkipReasons))).Concat(Constants(typeof(ArchiveReasons))),
        static name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));

    [Fact]
    public void Its_examples_of_names_are_the_apps()
    {
        Assert.Equal("a!2Fb", RecordingName.Escape("a/b"));
        Assert.Equal("!74ranscripts", RecordingName.FolderOf("transcripts"));
        Assert.Contains("`a/b` is `a!2Fb`", Document, StringComparison.Ordinal);
        Assert.Contains("`!74ranscripts`", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Deploying_and_settings_name_the_same_hosts()
        => Assert.All(AllowedHosts.Default, static host =>
        {
            Assert.Contains($"`{host}`", Repository.Read("docs/deploy.md"), StringComparison.Ordinal);
            Assert.Contains(host, Repository.Read("docs/settings.md"), StringComparison.Ordinal);
        });

    private static IEnumerable<string> Constants(Type type)
        => type.GetFields().Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("^```json\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
