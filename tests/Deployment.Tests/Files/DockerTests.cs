using System.Text.Json.Nodes;
using System.Xml;

namespace Deployment.Tests.Files;

public sealed class DockerTests
{
    private static readonly YamlDotNet.RepresentationModel.YamlMappingNode Compose = Yaml.Read("docker-compose.yml");

    [Fact]
    public void It_runs_both_emulators_and_the_database_that_one_needs()
    {
        Assert.Equal(["azurite", "servicebus", "sql"], Compose.At("services").Keys().Order());
        Assert.Contains("sql", Compose.At("services.servicebus.depends_on").Items().Select(static i => i.ToString()));
        Assert.Equal("sql", Compose.Text("services.servicebus.environment.SQL_SERVER"));
        Assert.Equal(Compose.Text("services.sql.environment.MSSQL_SA_PASSWORD"), Compose.Text("services.servicebus.environment.MSSQL_SA_PASSWORD"));
    }

    [Fact]
    public void Nothing_is_offered_to_other_machines()
    {
        var ports = Compose.At("services").Keys().SelectMany(static s => Compose.At($"services.{s}.ports").Items()).Select(static p => p.ToString()).ToList();

        Assert.NotEmpty(ports);
        Assert.All(ports, static p => Assert.StartsWith("127.0.0.1:", p, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sample_of_local_settings_finds_them()
    {
        var servicebus = Infrastructure.LocalSettings.Sample()["ServiceBus"]!;
        var ports = Compose.At("services.servicebus.ports").Items().Select(static p => p.ToString());

        Assert.Contains("UseDevelopmentEmulator=true", servicebus, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{new Uri(servicebus.Split(';')[0]["Endpoint=".Length..]).Port}:5672", ports);
    }

    [Fact]
    public void The_emulators_queues_are_where_it_reads_them()
    {
        var mount = Assert.Single(Compose.At("services.servicebus.volumes").Items()).ToString().Split(':');

        Assert.True(File.Exists(Repository.PathOf(mount[0])));
        Assert.Equal("/ServiceBus_Emulator/ConfigFiles/Config.json", mount[1]);
    }

    // The limits of the emulator's published schema, Config-schema.json.
    [Fact]
    public void The_emulators_queues_keep_to_its_limits()
    {
        var configuration = JsonNode.Parse(Repository.Read("docker/servicebus-emulator.json"))!["UserConfig"]!;
        var named = Assert.Single(configuration["Namespaces"]!.AsArray())!;

        Assert.Equal("sbemulatorns", (string?)named["Name"]);
        Assert.All(named["Queues"]!.AsArray().Select(static q => q!["Properties"]!), static queue =>
        {
            Assert.InRange(Span(queue, "DefaultMessageTimeToLive"), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));
            Assert.InRange(Span(queue, "DuplicateDetectionHistoryTimeWindow"), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            Assert.InRange(Span(queue, "LockDuration"), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            Assert.InRange((int)queue["MaxDeliveryCount"]!, 1, 10);
        });
    }

    [Fact]
    public void Images_are_pinned_to_a_version()
        => Assert.All(Compose.At("services").Keys().Select(static s => Compose.Text($"services.{s}.image")!), static image =>
        {
            Assert.DoesNotContain("latest", image, StringComparison.Ordinal);
            Assert.Matches(@":\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$|:\d{4}-CU\d+-", image);
        });

    [Fact]
    public void Locks_of_npm_name_no_place_to_download_from()
        => Assert.All(
            ((string[])["src", "tests"])
                .SelectMany(static f => Directory.EnumerateFiles(Repository.PathOf(f), "package-lock.json", SearchOption.AllDirectories))
                .Where(static f => !f.Contains("node_modules", StringComparison.Ordinal)),
            static file => Assert.DoesNotContain("\"resolved\"", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void The_dev_container_is_json_and_has_the_tools()
    {
        Assert.Contains("\"version\": \"22\"", Repository.Read(".devcontainer/devcontainer.json"), StringComparison.Ordinal);
        var features = JsonNode.Parse(Repository.Read(".devcontainer/devcontainer.json"))!["features"]!.AsObject().Select(static f => f.Key).ToList();

        Assert.All((string[])["/node:", "/azure-cli:", "/azd:"], tool => Assert.Contains(features, f => f.Contains(tool, StringComparison.Ordinal)));
    }

    private static TimeSpan Span(JsonNode queue, string property) => XmlConvert.ToTimeSpan((string)queue[property]!);
}
