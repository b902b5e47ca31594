using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

public sealed class WorkbookTests(Deployed deployed) : DeployedTest(deployed)
{
    private static readonly JsonObject Content = JsonNode.Parse(Repository.Read("infra/workbook.json"))!.AsObject();

    [Fact]
    public void Its_queries_look_for_lines_that_the_app_logs()
    {
        var queries = Items().Select(static i => (string?)i["content"]?["query"]).OfType<string>().ToList();

        Assert.NotEmpty(queries);
        Assert.All(queries.Where(static q => q.StartsWith("traces", StringComparison.Ordinal)), LogLines.AssertLogged);
    }

    [Fact]
    public void Its_queries_name_functions_and_measures_that_the_app_has()
        => Assert.All(Items().Select(static i => (string?)i["content"]?["query"]).OfType<string>(), AppNames.AssertKnown);

    [BicepFact]
    public void It_shows_what_alerts_are_about()
    {
        var shown = string.Join('\n', Items().Select(static i => i.ToJsonString()));
        string[] figures =
        [
            "meeting_recordings.queue.messages", "meeting_recordings.queue.oldest", "DingTalkEvents", "SweepFailedPushes", "availabilityResults",
            "ActiveMessages", "DeadletteredMessages", "meeting_recordings.archive.slices", "meeting_recordings.archive.bytes",
        ];

        Assert.All(figures, figure => Assert.Contains(figure, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_items_have_names_of_their_own()
    {
        var names = Items().Select(static i => (string)i["name"]!).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [BicepFact]
    public void It_is_deployed_with_its_places_filled_in()
    {
        var workbook = Deployed.OfType("Microsoft.Insights/workbooks").Single();
        var data = workbook.Value("properties.serializedData")!;

        Assert.DoesNotContain("__", data, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Insights/components", data, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ServiceBus/namespaces", data, StringComparison.Ordinal);
        Assert.IsType<JsonObject>(JsonNode.Parse(data));
    }

    private static IEnumerable<JsonObject> Items() => Content["items"]!.AsArray().Select(static i => i!.AsObject());
}
