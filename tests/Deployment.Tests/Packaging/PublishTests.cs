using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Packaging;

public sealed class PublishTests
{
    private const string Project = "src/MeetingRecordings.Functions/MeetingRecordings.Functions.csproj";

    [Theory]
    [InlineData("ServiceBusExtension", "package")]
    [InlineData("RuntimeIdentifier", "linux-x64")]
    [InlineData("SelfContained", "false")]
    [InlineData("PublishReadyToRun", "true")]
    [InlineData("TieredPGO", "false")]
    [InlineData("OutputType", "Exe")]
    public async Task Publishing_sets(string property, string value)
        => Assert.Equal(value, await PropertyAsync(property, "-p:_IsPublishing=true"));

    [Theory]
    [InlineData("RuntimeIdentifier")]
    [InlineData("PublishReadyToRun")]
    [InlineData("TieredPGO")]
    public async Task An_ordinary_build_does_not_set(string property)
        => Assert.Equal("", await PropertyAsync(property));

    [Theory]
    [InlineData("false")]
    [InlineData("true", "-p:_IsPublishing=true")]
    [InlineData("true", "-p:ServiceBusExtension=package")]
    public async Task Only_a_publish_and_func_start_pay_for_the_files_of_the_host(string value, params string[] arguments)
        => Assert.Equal(value, await PropertyAsync("_FunctionsBuildEnabled", arguments));

    [Fact]
    public async Task Publishing_on_the_stand_in_is_refused()
    {
        var result = await MsBuildAsync("-t:RefuseStandIn", "-p:ServiceBusExtension=stand-in");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("MR0005", result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_lacks_a_package_is_told_in_words()
    {
        // A source that has none at all, and intermediate files of its own, so that nobody's build is disturbed.
        using var empty = new Folder();
        var result = await MsBuildAsync(
            "-t:Restore", "-p:_IsPublishing=true", $"-p:RestoreSources={empty.Path}", $"-p:RestorePackagesPath={empty.PathOf("packages")}",
            $"-p:MSBuildProjectExtensionsPath={empty.PathOf("obj")}/", "-p:RestoreRecursive=false");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("MR0001", result.All, StringComparison.Ordinal);
        Assert.Contains("Publishing needs every package of Microsoft's, and this machine's package source could not give all of them", result.All, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_app_on_Microsofts_packages_passes_the_inspection()
    {
        using var published = Whole();

        var result = await InspectAsync(published);

        Assert.True(result.ExitCode == 0, result.All);
        Assert.Contains("The published app is whole", result.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("functions.metadata")]
    [InlineData("worker.config.json")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus.dll")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.ServiceBus.dll")]
    public async Task A_lacking_file_is_named(string file)
    {
        using var published = Whole();
        File.Delete(published.PathOf(file));

        var result = await InspectAsync(published);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"It lacks: {file}", result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stand_in_is_found_out()
    {
        const string name = "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus";
        using var published = Whole();
        File.Copy(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), published.PathOf($"{name}.dll"), overwrite: true);

        var result = await InspectAsync(published);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"A stand-in would be deployed: {name}", result.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json", "Local settings would be deployed: local.settings.json")]
    [InlineData("local.settings.sample.json", "Local settings would be deployed: local.settings.sample.json")]
    public async Task What_must_not_be_deployed_is_found(string file, string words)
    {
        using var published = Whole();
        File.WriteAllText(published.PathOf(file), "{}");

        var result = await InspectAsync(published);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(words, result.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_json_is_published_and_local_settings_are_not()
    {
        var items = JsonNode.Parse((await MsBuildAsync("-getItem:None")).Output)!["Items"]!["None"]!.AsArray();

        Assert.Contains(items, static i => (string?)i!["Link"] == "host.json" && (string?)i["CopyToOutputDirectory"] == "PreserveNewest");
        Assert.All(
            items.Where(static i => ((string?)i!["Link"])?.StartsWith("local.settings", StringComparison.Ordinal) == true),
            static i => Assert.Equal("Never", (string?)i!["CopyToPublishDirectory"]));
    }

    private static Task<ToolResult> InspectAsync(Folder published)
        => MsBuildAsync("-t:InspectPublishOutput", $"-p:PublishDir={published.Path}");

    private static async Task<string> PropertyAsync(string name, params string[] arguments)
    {
        var result = await MsBuildAsync([$"-getProperty:{name}", .. arguments]);
        Assert.True(result.ExitCode == 0, result.All);
        return result.Output.Trim();
    }

    private static Task<ToolResult> MsBuildAsync(params string[] arguments)
        => Tool.RunAsync(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"),
            ["msbuild", Repository.PathOf(Project), "-nologo", "-nodeReuse:false", .. arguments],
            environment: new Dictionary<string, string?> { ["MSBUILDTERMINALLOGGER"] = "off", ["ServiceBusExtension"] = null });

    // What a publish gives, as far as the inspection looks; the extension is any assembly that has a version.
    private static Folder Whole()
    {
        var folder = new Folder();
        Directory.CreateDirectory(folder.PathOf(".azurefunctions"));
        foreach (var name in (string[])
            [
                "host.json", "worker.config.json", "functions.metadata", "extensions.json", "MeetingRecordings.Functions.dll",
                "MeetingRecordings.dll", "MeetingRecordings.Functions.runtimeconfig.json", "Microsoft.Azure.Functions.Worker.Core.dll",
                "Microsoft.Azure.Functions.Worker.dll", "Azure.Messaging.ServiceBus.dll", ".azurefunctions/Microsoft.Azure.WebJobs.Extensions.ServiceBus.dll",
            ])
        {
            File.WriteAllText(folder.PathOf(name), "");
        }

        File.Copy(typeof(Azure.Messaging.ServiceBus.ServiceBusClient).Assembly.Location, folder.PathOf("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus.dll"));
        return folder;
    }
}
