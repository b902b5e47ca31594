using System.Text.Json.Nodes;

namespace Deployment.Tests.Files;

/// <summary>What F5 and the tasks of VS Code start.</summary>
public sealed class EditorTests
{
    [Fact]
    public void Each_launch_builds_by_a_task_that_is_there_and_starts_what_it_builds()
    {
        var tasks = Items("tasks.json", "tasks").ToDictionary(static t => (string)t["label"]!);

        Assert.All(Items("launch.json", "configurations").Where(static l => (string?)l["request"] == "launch"), launch =>
        {
            var project = (string)tasks[(string)launch["preLaunchTask"]!]["args"]![1]!;
            Assert.Equal($"${{workspaceFolder}}/{project}/bin/Debug/net10.0/{Path.GetFileName(project)}.dll", (string)launch["program"]!);
        });
    }

    [Fact]
    public void Each_task_names_a_project_or_solution_that_is_there()
        => Assert.All(
            Items("tasks.json", "tasks").SelectMany(static t => t["args"]!.AsArray()).Select(static a => (string)a!)
                .Where(static a => a.Contains('/', StringComparison.Ordinal) || a.EndsWith(".sln", StringComparison.Ordinal)),
            static path => Assert.True(Path.Exists(Repository.PathOf(path)), path));

    private static IEnumerable<JsonObject> Items(string file, string name)
        => JsonNode.Parse(Repository.Read($".vscode/{file}"))![name]!.AsArray().Select(static item => item!.AsObject());
}
