using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Deployment.Tests.Files;

/// <summary>The locks of NuGet: what was tested is what is restored.</summary>
public sealed class LockTests
{
    public static TheoryData<string> Projects()
        => [.. ((string[])["src", "tests"])
            .SelectMany(static f => Directory.EnumerateFiles(Repository.PathOf(f), "*.csproj", SearchOption.AllDirectories))
            .Select(static f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_has_a_lock_with_a_hash_for_every_package(string project)
    {
        var locked = JsonNode.Parse(Repository.Read(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")))!;

        Assert.All(
            locked["dependencies"]!.AsObject().SelectMany(static f => f.Value!.AsObject()).Where(static p => (string?)p.Value!["type"] != "Project"),
            static package => Assert.NotNull((string?)package.Value!["contentHash"]));
    }

    [Fact]
    public void What_must_hold_before_a_change_lands_restores_the_locks_and_nothing_else()
        => Assert.Contains("dotnet restore Functions.sln --locked-mode\n", Repository.Read(".ci/run"), StringComparison.Ordinal);

    // Not every registry has the package that a publish adds; its graph is written beside the intermediate files.
    [Fact]
    public void A_publish_has_a_lock_of_its_own_that_is_not_kept()
    {
        var project = XDocument.Load(Repository.PathOf("src/MeetingRecordings.Functions/MeetingRecordings.Functions.csproj"));
        var path = Assert.Single(project.Descendants("NuGetLockFilePath"));

        Assert.Equal("'$(ServiceBusExtension)' == 'package'", path.Attribute("Condition")!.Value);
        Assert.StartsWith("$(MSBuildProjectExtensionsPath)", path.Value, StringComparison.Ordinal);
        var locked = JsonNode.Parse(Repository.Read("src/MeetingRecordings.Functions/packages.lock.json"))!["dependencies"]!.AsObject();
        Assert.All(
            locked.SelectMany(static f => f.Value!.AsObject())
                .Where(static p => p.Key.Equals("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", StringComparison.OrdinalIgnoreCase)),
            static standIn => Assert.Equal("Project", (string?)standIn.Value!["type"]));
    }
}
