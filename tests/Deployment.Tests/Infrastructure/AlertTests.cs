using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

public sealed class AlertTests(Deployed deployed) : DeployedTest(deployed)
{
    [BicepFact]
    public void Alerts_watch_queues_that_are_made()
    {
        var made = Deployed.OfType("Microsoft.ServiceBus/namespaces/queues").Select(static q => q.Name.Split('/')[^1]).ToHashSet();
        var watched = Metrics()
            .SelectMany(static a => Criteria(a).SelectMany(c => c["dimensions"]!.AsArray().Select(d => (Alert: a, Dimension: d!.AsObject()))))
            .ToList();

        Assert.NotEmpty(watched);
        Assert.All(watched, static w => Assert.Equal("EntityName", (string?)w.Dimension["name"]));
        Assert.All(watched, w => Assert.All(Names(w.Alert, w.Dimension), name => Assert.Contains(name, made)));
    }

    [BicepTheory]
    [InlineData("alert-poison-queue", "ActiveMessages", "conferences-poison")]
    [InlineData("alert-dead-letters", "DeadletteredMessages", "conferences")]
    public void The_first_message_is_told(string name, string metric, string queue)
    {
        var alert = Metrics().Single(a => a.Name == name);
        var criterion = Assert.Single(Criteria(alert));

        Assert.Equal(metric, (string?)criterion["metricName"]);
        Assert.Equal("GreaterThan", (string?)criterion["operator"]);
        Assert.Equal(0, (int?)criterion["threshold"]);
        Assert.Contains(queue, Names(alert, criterion["dimensions"]![0]!.AsObject()));
    }

    [BicepFact]
    public void Every_alert_is_on_except_the_one_about_silence_and_tells_the_action_group()
    {
        var alerts = Metrics().Concat(Queries()).ToList();

        Assert.Equal(
            [
                "alert-dead-letters", "alert-dingtalk-rejects", "alert-end-to-end", "alert-no-notification",
                "alert-oldest-message", "alert-poison-queue", "alert-queue-stalled",
            ],
            alerts.Select(static a => a.Name).Order());
        Assert.All(alerts, static a => Assert.Equal("true", a.Value("properties.enabled")));
        Assert.All(alerts, static a => Assert.Contains("actionGroups", a.Node("properties.actions")!.ToJsonString(), StringComparison.Ordinal));

        var conditional = Assert.Single(alerts, static a => a.Json.ContainsKey("condition"));
        Assert.Equal("alert-no-notification", conditional.Name);
        Assert.Equal("false", conditional.Value("condition"));
    }

    [BicepFact]
    public void Alerts_look_for_lines_that_the_app_logs()
    {
        var queries = Queries().SelectMany(static a => Criteria(a).Select(static c => (string)c["query"]!)).ToList();

        Assert.Equal(4, queries.Count);
        Assert.All(queries, static q => LogLines.AssertLogged(q));
    }

    [BicepFact]
    public void Operations_say_what_to_do_about_each()
    {
        var operations = Repository.Read("docs/operations.md");

        Assert.All(Metrics().Concat(Queries()), a => Assert.Contains($"`{a.Name}`", operations, StringComparison.Ordinal));
    }

    [BicepFact]
    public void An_address_is_mailed_and_none_is_none()
    {
        var group = Deployed.OfType("Microsoft.Insights/actionGroups").Single();

        Assert.Equal("[]", group.Value("properties.emailReceivers"));
        Assert.Contains("parameters('email')", (string)group.Node("properties.emailReceivers")!, StringComparison.Ordinal);
        Assert.InRange(group.Value("properties.groupShortName")!.Length, 1, 12);
    }

    private static IEnumerable<JsonObject> Criteria(DeployedResource alert)
        => alert.Node("properties.criteria.allOf")!.AsArray().Select(static c => c!.AsObject());

    private static IEnumerable<string> Names(DeployedResource alert, JsonObject dimension)
        => (alert.Scope.Resolve(dimension["values"]) as JsonArray)!.Select(v => alert.Scope.Evaluate(v)!);

    private IEnumerable<DeployedResource> Metrics() => Deployed.OfType("Microsoft.Insights/metricAlerts");

    private IEnumerable<DeployedResource> Queries() => Deployed.OfType("Microsoft.Insights/scheduledQueryRules");
}
