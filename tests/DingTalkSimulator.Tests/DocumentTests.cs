using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DingTalkSimulator.Tests;

/// <summary>docs/dingtalk-simulator.md says what the simulator takes.</summary>
public sealed partial class DocumentTests : SimulatorTest
{
    private static readonly string Document = File.ReadAllText(Path.Combine(FindRoot(), "docs", "dingtalk-simulator.md"));

    [Fact]
    public async Task Every_trait_stands_in_the_document()
    {
        var traits = await Http.GetFromJsonAsync<JsonElement>("simulator/traits", Stop);

        Assert.All(NamesIn(traits), static name => Assert.Matches($@"[`.""]{Regex.Escape(name)}[`""]", Document));
    }

    [Fact]
    public async Task Every_path_of_the_control_API_stands_in_the_document()
    {
        var problem = await (await Http.GetAsync("simulator/nothing", Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var paths = problem.GetProperty("detail").GetString()!["Expected ".Length..].Split(", ")[..^1];

        Assert.Contains("ledger/conferences", paths);
        Assert.All(paths, static path => Assert.Contains(path, Document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_example_makes_the_meeting_that_it_describes()
    {
        var body = ExampleBody().Match(Document).Groups[1].Value;

        using var answer = await Http.PostAsync("simulator/meetings", new StringContent(body, Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var conference = Assert.Single(Tenant.Conferences);
        Assert.Equal([50_000_000, 50_000_000, 50_000_000, 150_000_000], conference.Videos.Select(static video => video.FileSize));
        Assert.False(conference.Traits.Media.Ranges);
    }

    private static IEnumerable<string> NamesIn(JsonElement traits) => traits.EnumerateObject().SelectMany(static field =>
        field.Value.ValueKind == JsonValueKind.Object && field.Name is not ("media" or "texts") ? [field.Name, .. NamesIn(field.Value)]
        : field.Value.ValueKind == JsonValueKind.Object ? NamesIn(field.Value)
        : [field.Name]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Functions.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"-d '(\{.*?\})'", RegexOptions.Singleline)]
    private static partial Regex ExampleBody();
}
