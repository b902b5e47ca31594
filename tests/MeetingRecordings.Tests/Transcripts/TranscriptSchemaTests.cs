using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.Tests.Transcripts;

/// <summary>The schema that is published as docs/transcript.schema.json.</summary>
public sealed class TranscriptSchemaTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "transcript.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    [Fact]
    public void Every_transcript_that_is_written_is_valid()
    {
        Assert.True(IsValid(Golden()));
        Assert.True(IsValid(JsonNode.Parse(TranscriptJson.Serialize(new Transcript("conf-1", [])))!));
        TranscriptGen.Transcript.Sample(
            static transcript => IsValid(JsonNode.Parse(TranscriptJson.Serialize(transcript))!), print: TranscriptGen.Print);
    }

    [Theory]
    [InlineData("", "schemaVersion", "conferenceId", "paragraphs")]
    [InlineData("paragraphs", "speaker", "unionId", "recordId", "startMs", "endMs", "text", "sentences")]
    [InlineData("sentences", "startMs", "endMs", "text")]
    public void A_transcript_that_lacks_any_field_is_not_valid_and_there_are_no_others(string list, params string[] fields)
    {
        Assert.Equal(fields, FirstOf(Golden(), list).Select(static field => field.Key));
        Assert.All(fields, field =>
        {
            var transcript = Golden();
            FirstOf(transcript, list).Remove(field);
            Assert.False(IsValid(transcript));
        });
    }

    [Theory]
    [InlineData("", "schemaVersion", "2")]
    [InlineData("", "schemaVersion", "\"1\"")]
    [InlineData("", "conferenceId", "null")]
    [InlineData("", "conferenceId", "\"a/b\"")]
    [InlineData("", "conferenceId", "\"\"")]
    [InlineData("", "paragraphs", "null")]
    [InlineData("", "paragraphs", "[null]")]
    [InlineData("paragraphs", "speaker", "17")]
    [InlineData("paragraphs", "unionId", "17")]
    [InlineData("paragraphs", "recordId", "17")]
    [InlineData("paragraphs", "startMs", "-1")]
    [InlineData("paragraphs", "startMs", "\"00:00:01\"")]
    [InlineData("paragraphs", "endMs", "0.5")]
    [InlineData("paragraphs", "text", "null")]
    [InlineData("paragraphs", "sentences", "null")]
    [InlineData("paragraphs", "words", "[]")]
    [InlineData("sentences", "startMs", "-1")]
    [InlineData("sentences", "endMs", "\"1\"")]
    [InlineData("sentences", "text", "null")]
    [InlineData("sentences", "words", "[]")]
    public void A_transcript_with_another_value_is_not_valid(string list, string field, string value)
    {
        var transcript = Golden();
        FirstOf(transcript, list)[field] = JsonNode.Parse(value);

        Assert.False(IsValid(transcript));
    }

    [Fact]
    public void A_field_that_a_later_version_adds_is_none_of_a_readers_business()
    {
        var transcript = Golden();
        transcript["added"] = 1;

        Assert.True(IsValid(transcript));
    }

    [Fact]
    public void The_version_of_the_schema_is_the_version_that_is_written()
        => Assert.Equal(TranscriptJson.SchemaVersion, JsonNode.Parse(Text)!["properties"]!["schemaVersion"]!["const"]!.GetValue<int>());

    private static JsonNode Golden() => JsonNode.Parse(GoldenTranscript.Json)!;

    // The transcript itself, or the first entry of one of its lists.
    private static JsonObject FirstOf(JsonNode transcript, string list) => list switch
    {
        "" => transcript.AsObject(),
        "paragraphs" => transcript["paragraphs"]![0]!.AsObject(),
        _ => transcript["paragraphs"]![0]!["sentences"]![0]!.AsObject(),
    };

    private static bool IsValid(JsonNode transcript) => Schema.Evaluate(JsonSerializer.SerializeToElement(transcript)).IsValid;
}
