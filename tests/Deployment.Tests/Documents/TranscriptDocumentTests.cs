using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MeetingRecordings.Transcripts;

namespace Deployment.Tests.Documents;

/// <summary>docs/transcript.md shows a transcript and its subtitles as the app writes them, with every field.</summary>
public sealed partial class TranscriptDocumentTests
{
    private static readonly string Document = Repository.Read("docs/transcript.md").ReplaceLineEndings("\n");

    [Fact]
    public void Its_example_is_what_the_app_writes()
    {
        var examples = Example().Matches(Document).Select(static m => m.Groups[1].Value).ToList();

        var transcript = TranscriptJson.Deserialize(Encoding.UTF8.GetBytes(examples[0]));

        Assert.Equal(
            [Encoding.UTF8.GetString(TranscriptJson.Serialize(transcript)), Encoding.UTF8.GetString(WebVtt.Write(transcript)).TrimEnd('\n')],
            examples);
    }

    [Fact]
    public void It_names_every_field_of_the_schema()
    {
        var schema = JsonNode.Parse(Repository.Read("docs/transcript.schema.json"))!;
        var fields = schema["$defs"]!.AsObject().Select(static definition => definition.Value!).Append(schema)
            .SelectMany(static type => type["properties"]?.AsObject().Select(static field => field.Key) ?? []);

        Assert.All(fields, static field => Assert.Contains($"\"{field}\"", Document, StringComparison.Ordinal));
    }

    [GeneratedRegex("^```(?:json)?\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
