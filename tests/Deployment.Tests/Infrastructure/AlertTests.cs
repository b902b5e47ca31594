using System.Text.Json.Nodes;
using Deployment.Tests.Documents;
using MeetingRecordings.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Deployment.Tests.Infrastructure;

public sealed class AlertTests(Deployed deployed) : DeployedTest(deployed)
{
    private const string MetricAlert = "Microsoft.Insights/metricAlerts";
    private const string LogAlert = "Microsoft.Insights/scheduledQueryRules";

    [BicepFact]
    public void Alerts_watch_queues_that_are_made()
    {
        var made = Deployed.OfType("Microsoft.ServiceBus/namespaces/queues").Select(static q => q.Name.Split('/')[^1]).ToHashSet();
        var watched = QueueAlerts()
            .SelectMany(static a => Criteria(a).SelectMany(c => c["dimensions"]!.AsArray().Select(d => (Alert: a, Dimension: d!.AsObject()))))
            .ToList();

        Assert.NotEmpty(watched);
        Assert.All(watched, static w => Assert.Equal("EntityName", (string?)w.Dimension["name"]));
        Assert.All(watched, w => Assert.All(Names(w.Alert, w.Dimension), name => Assert.Contains(name, made)));
    }

    [BicepTheory]
    [InlineData("alert-poison-queue", "ActiveMessages", "conferences-poison")]
    [InlineData("alert-dead-letters", "DeadletteredMessages", "conferences")]
    [InlineData("alert-archive-dead-letters", "DeadletteredMessages", "recordings")]
    public void The_first_message_is_told_and_the_alert_does_not_end_by_itself(string name, string metric, string queue)
    {
        var alert = Alert(name);
        var criterion = Assert.Single(Criteria(alert));

        Assert.Equal(metric, alert.Scope.Evaluate(criterion["metricName"]));
        Assert.Equal("GreaterThan", (string?)criterion["operator"]);
        Assert.Equal(0, (int?)criterion["threshold"]);
        Assert.Contains(queue, Names(alert, criterion["dimensions"]![0]!.AsObject()));

        // Azure may report 0 for a queue that nobody touches.
        Assert.Equal("false", alert.Value("properties.autoMitigate"));
    }

    [BicepFact]
    public void An_idle_app_is_told_by_what_waits_alone_for_of_what_is_not_completed_there_is_no_series()
    {
        var alert = Alert("alert-queue-stalled");
        var criterion = Assert.Single(Criteria(alert));

        Assert.Equal("ActiveMessages", alert.Scope.Evaluate(criterion["metricName"]));
        Assert.Equal("Minimum", alert.Scope.Evaluate(criterion["timeAggregation"]));
        Assert.Equal("PT30M", alert.Value("properties.windowSize"));
    }

    [BicepFact]
    public void Every_alert_is_on_except_those_of_switches_and_tells_the_action_group()
    {
        Assert.Equal(
            [
                "alert-archive-dead-letters", "alert-archive-stalled", "alert-dead-letters", "alert-dingtalk-rejects", "alert-end-to-end", "alert-logs-capped", "alert-no-answer", "alert-no-notification",
                "alert-notifications-lost", "alert-oldest-message", "alert-poison-queue", "alert-pushes-refused", "alert-queue-stalled",
                "alert-stuck-messages", "alert-sweep-stopped",
            ],
            Alerts().Select(static a => a.Name).Order());
        Assert.All(Alerts(), static a => Assert.Equal("true", a.Value("properties.enabled")));
        Assert.All(Alerts(), static a => Assert.Contains("actionGroup", a.Node("properties.actions")!.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(
            ["alert-archive-dead-letters", "alert-archive-stalled", "alert-no-notification", "alert-sweep-stopped"],
            Alerts().Where(static a => !a.IsDeployed).Select(static a => a.Name).Order());
    }

    [BicepFact]
    public void Alerts_look_for_lines_that_the_app_logs()
        => Assert.All(Queries().Where(static q => q.Contains("traces", StringComparison.Ordinal)), LogLines.AssertLogged);

    [BicepFact]
    public void Alerts_name_functions_and_measures_that_the_app_has() => Assert.All(Queries(), AppNames.AssertKnown);

    [BicepFact]
    public void An_archive_that_stands_still_is_told_by_what_waits_while_no_byte_comes()
    {
        var query = Query("alert-archive-stalled");

        Assert.Contains("""name == "meeting_recordings.archive.bytes" """.Trim(), query, StringComparison.Ordinal);
        Assert.Contains("""tostring(customDimensions.queue) == "recordings" """.Trim(), query, StringComparison.Ordinal);
        Assert.Equal("6", Alert("alert-archive-stalled").Scope.Evaluate(Criteria(Alert("alert-archive-stalled")).Single()["threshold"]));
    }

    [BicepFact]
    public void Every_error_that_loses_a_notification_is_told()
    {
        // Errors from 200 on are about notifications; those below end in a queue whose alerts tell them.
        var losses = LogLines.Declared().Where(static l => l.Level == LogLevel.Error && l.EventId >= 200).Select(static l => l.EventId).Order();

        var found = LogLines.IdsFoundBy(Query("alert-notifications-lost"));

        Assert.Equal(losses, found);
        Assert.Equal([202, 203, 211, 502, 503], found);
    }

    [BicepFact]
    public void Pushes_that_are_refused_or_fail_are_told()
        => Assert.Matches("""name == "DingTalkEvents" and toint\(resultCode\) >= 400""", Query("alert-pushes-refused"));

    [BicepFact]
    public void Queries_about_what_has_not_come_yet_are_taken_all_the_same()
        => Assert.All(Deployed.OfType(LogAlert), static a => Assert.Equal("true", a.Value("properties.skipQueryValidation")));

    [BicepFact]
    public void A_measure_that_is_missing_raises_no_alert()
        => Assert.All(
            Deployed.OfType(LogAlert).Where(static a => QueryOf(a).Contains("customMetrics", StringComparison.Ordinal)),
            static a => Assert.Equal("GreaterThan", a.Scope.Evaluate(Criteria(a).Single()["operator"])));

    [BicepFact]
    public void Health_is_asked_where_the_app_answers_it()
    {
        var route = typeof(GetHealth).GetMethod(nameof(GetHealth.Run))!.GetParameters()[0]
            .GetCustomAttributes(false).OfType<HttpTriggerAttribute>().Single();
        var test = Deployed.OfType("Microsoft.Insights/webtests").Single();

        Assert.EndsWith($"/api/{route.Route}", test.Value("properties.Request.RequestUrl"), StringComparison.Ordinal);
        Assert.Equal(AuthorizationLevel.Anonymous, route.AuthLevel);
        Assert.True(test.Node("properties.Locations")!.AsArray().Count > (int)Alert("alert-no-answer").Node("properties.criteria.failedLocationCount")!);
    }

    [BicepFact]
    public void Each_names_its_section_of_the_runbook_and_no_section_is_of_an_alert_that_is_not_there()
    {
        Assert.All(Alerts(), static a => Assert.EndsWith(
            $" What to do: docs/operations.md#{a.Name}", a.Value("properties.description"), StringComparison.Ordinal));
        Assert.Equal(Alerts().Select(static a => a.Name).Order(), Runbook.Sections().Keys.Order());
    }

    [BicepFact]
    public void An_address_is_mailed_and_none_is_none()
    {
        var group = Deployed.OfType("Microsoft.Insights/actionGroups").Single();

        Assert.Equal("[]", group.Value("properties.emailReceivers"));
        Assert.Equal("[]", group.Value("properties.webhookReceivers"));
        Assert.InRange(group.Value("properties.groupShortName")!.Length, 1, 12);
    }

    private static IEnumerable<JsonObject> Criteria(DeployedResource alert)
        => alert.Node("properties.criteria.allOf")?.AsArray().Select(static c => c!.AsObject()) ?? [];

    private static IEnumerable<string> Names(DeployedResource alert, JsonObject dimension)
        => (alert.Scope.Resolve(dimension["values"]) as JsonArray)!.Select(v => alert.Scope.Evaluate(v)!);

    private static string QueryOf(DeployedResource alert) => alert.Scope.Evaluate(Criteria(alert).Single()["query"])!;

    private IEnumerable<DeployedResource> Alerts() => Deployed.OfType(MetricAlert).Concat(Deployed.OfType(LogAlert));

    private IEnumerable<DeployedResource> QueueAlerts() => Deployed.OfType(MetricAlert).Where(static a => Criteria(a).Any());

    private IEnumerable<string> Queries() => Deployed.OfType(LogAlert).Select(QueryOf);

    private DeployedResource Alert(string name) => Alerts().Single(a => a.Name == name);

    private string Query(string name) => QueryOf(Alert(name));
}
