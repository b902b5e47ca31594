using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>What azd would deploy: the resources of the compiled template and of every module in it.</summary>
public sealed class Deployed : IAsyncLifetime
{
    internal JsonObject Template { get; private set; } = [];

    internal IReadOnlyList<DeployedResource> Resources { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (!Bicep.IsHere)
        {
            return;
        }

        var result = await Bicep.RunAsync("build", Repository.PathOf("infra/main.bicep"), "--stdout");
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException(result.All);
        }

        Template = JsonNode.Parse(result.Output)!.AsObject();
        Resources = With(new JsonObject());
    }

    /// <summary>What would be deployed with values other than the defaults.</summary>
    internal IReadOnlyList<DeployedResource> With(JsonObject arguments)
        => [.. DeployedResource.ReadAll(new ArmScope(Template, null, arguments, "main"))];

    /// <summary>What would be deployed with some parameters at values other than the defaults.</summary>
    internal IReadOnlyList<DeployedResource> With(params (string Name, JsonNode Value)[] parameters)
        => With(new JsonObject(parameters.Select(static p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonObject { ["value"] = p.Value.DeepClone() }))));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal IEnumerable<DeployedResource> OfType(string type)
        => Resources.Where(r => string.Equals(r.Type, type, StringComparison.OrdinalIgnoreCase));
}
