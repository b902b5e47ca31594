using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deployment.Tests.Infrastructure;

public sealed partial class OutputTests(Deployed deployed) : DeployedTest(deployed)
{
    [BicepFact]
    public void What_azd_wants_is_put_out()
    {
        string[] wanted =
        [
            "AZURE_LOCATION", "AZURE_TENANT_ID", "AZURE_RESOURCE_GROUP", "AZURE_FUNCTION_NAME", "SERVICE_API_NAME",
            "APPLICATIONINSIGHTS_CONNECTION_STRING", "DINGTALK_CALLBACK_URL",
        ];

        Assert.Empty(wanted.Except(Outputs()));
    }

    [BicepFact]
    public void What_the_hooks_read_is_put_out_or_given_by_azd_or_its_user()
    {
        string[] givenOtherwise =
        [
            "AZURE_SUBSCRIPTION_ID", "DINGTALK_APP_KEY", "DINGTALK_APP_SECRET", "DINGTALK_CALLBACK_TOKEN", "DINGTALK_ENCODING_AES_KEY",
            "DINGTALK_SUITE_KEY", "DINGTALK_SUITE_SECRET", "MEETINGS_ENDED_WEBHOOK_SECRET", "DINGTALK_RESEED", "OPERATOR_KEYS",
            "NOTIFICATION_KEYS",
        ];
        var read = Directory.EnumerateFiles(Repository.PathOf("infra/hooks"))
            .SelectMany(static f => Variable().Matches(File.ReadAllText(f)))
            .Select(static m => m.Groups[1].Value)
            .Distinct();

        Assert.Empty(read.Except(givenOtherwise).Except(Parameters()).Except(Outputs()));
    }

    [BicepFact]
    public void The_callback_is_where_the_app_takes_pushes()
    {
        var route = typeof(MeetingRecordings.Functions.DingTalkEvents).GetMethod("RunAsync")!.GetParameters()[0]
            .GetCustomAttributes(false).OfType<Microsoft.Azure.Functions.Worker.HttpTriggerAttribute>().Single().Route;
        var prefix = (string)JsonNode.Parse(Repository.Read("host.json"))!["extensions"]!["http"]!["routePrefix"]!;

        var callback = new ArmScope(Deployed.Template, null, [], "main").Evaluate(Deployed.Template["outputs"]!["DINGTALK_CALLBACK_URL"]!["value"])!;

        Assert.StartsWith("https://", callback, StringComparison.Ordinal);
        Assert.EndsWith($"/{prefix}/{route}", callback, StringComparison.Ordinal);
    }

    [BicepFact]
    public void Azd_asks_for_nothing_but_the_environment_and_the_region()
    {
        var given = JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();
        var declared = Deployed.Template["parameters"]!.AsObject();

        Assert.Equal(declared.Select(static p => p.Key).Order(), given.Select(static p => p.Key).Order());
        Assert.All(given.Where(static p => p.Key is not ("environmentName" or "location")), static p =>
            Assert.Matches(@"^\$\{[A-Z_]+=.*\}$", (string)p.Value!["value"]!));
        Assert.All(given, p =>
        {
            var otherwise = ((string)p.Value!["value"]!).TrimEnd('}').Split('=', 2);
            if (otherwise.Length == 2)
            {
                Assert.Equal(declared[p.Key]!["defaultValue"]!.ToString(), otherwise[1], ignoreCase: true);
            }
        });
    }

    [GeneratedRegex(@"(?:\$\{|\$env:|\$)((?:AZURE|DINGTALK|MEETINGS|SERVICE|SIGNED|OPERATOR|NOTIFICATION|MONTHLY|BUDGET|UPDATE|ALWAYS|NAT|VNET|ARCHIVE)_[A-Z_]+)")]
    private static partial Regex Variable();

    // The variables of azd's environment that the template's parameters come from.
    private static IEnumerable<string> Parameters()
        => JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject().Select(static p => ((string)p.Value!["value"]!)[2..^1].Split('=')[0]);

    private IEnumerable<string> Outputs() => Deployed.Template["outputs"]!.AsObject().Select(static o => o.Key);
}
