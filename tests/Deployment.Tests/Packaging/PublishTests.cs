using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Packaging;

public sealed class PublishTests
{
    private const string Extension = "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus.dll";
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
        Assert.Contains("Publishing needs Microsoft's own packages, and this machine's package source could not give all of them", result.All, StringComparison.Ordinal);
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
    public async Task A_stand_in_is_found_out_by_its_signature()
    {
        using var published = Whole();
        File.Copy(Path.Combine(AppContext.BaseDirectory, Extension), published.PathOf(Extension), overwrite: true);

        var result = await InspectAsync(published);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("A stand-in would be deployed: Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", result.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json", "Local settings would be deployed: local.settings.json")]
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

    // What a publish gives, as far as the inspection looks; with Microsoft's own assemblies where it looks at their signatures.
    private static Folder Whole()
    {
        var folder = new Folder();
        Directory.CreateDirectory(folder.PathOf(".azurefunctions"));
        foreach (var name in (string[])
            [
                "host.json", "worker.config.json", "functions.metadata", "extensions.json", "MeetingRecordings.Functions.dll",
                "MeetingRecordings.dll", "MeetingRecordings.Functions.runtimeconfig.json", "Microsoft.Azure.Functions.Worker.Core.dll",
                ".azurefunctions/Microsoft.Azure.WebJobs.Extensions.ServiceBus.dll",
            ])
        {
            File.WriteAllText(folder.PathOf(name), "");
        }

        CopyFromPackage("azure.messaging.servicebus", "Azure.Messaging.ServiceBus.dll", folder);
        CopyFromPackage("microsoft.azure.functions.worker", "Microsoft.Azure.Functions.Worker.dll", folder);

        // Signed by the same as the extension, whose package not every registry has.
        File.Copy(folder.PathOf("Microsoft.Azure.Functions.Worker.dll"), folder.PathOf(Extension));
        return folder;
    }

    private static void CopyFromPackage(string package, string assembly, Folder to)
    {
        var from = Directory.EnumerateFiles(Path.Combine(Repository.Metadata("NuGetPackageRoot"), package), assembly, SearchOption.AllDirectories).First();
        File.Copy(from, to.PathOf(assembly));
    }
}
