using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>A resource of the compiled template, with what can be known of its values before it is deployed.</summary>
internal sealed record DeployedResource(string Type, string Name, JsonObject Json, ArmScope Scope, bool IsDeployed)
{
    private const string ModuleType = "Microsoft.Resources/deployments";

    /// <summary>The value at a path such as <c>properties.sku.name</c>, its parameters and variables put in.</summary>
    public string? Value(string path) => Scope.Evaluate(Node(path));

    public JsonNode? Node(string path)
        => path.Split('.').Aggregate((JsonNode?)Json, static (node, name) => (node as JsonObject)?[name]);

    public static IEnumerable<DeployedResource> ReadAll(ArmScope scope, bool isDeployed = true)
    {
        foreach (var json in ResourcesOf(scope.Template))
        {
            var type = (string)json["type"]!;
            var isMade = isDeployed && scope.Evaluate(json["condition"]) != "false";
            if (type == ModuleType)
            {
                var properties = json["properties"]!.AsObject();
                var inner = new ArmScope(
                    properties["template"]!.AsObject(), scope, properties["parameters"]?.AsObject() ?? [], scope.Evaluate(json["name"])!.Split('-')[0]);
                foreach (var resource in ReadAll(inner, isMade))
                {
                    yield return resource;
                }

                continue;
            }

            if ((bool?)json["existing"] != true)
            {
                yield return new DeployedResource(type, scope.Evaluate(json["name"]) ?? "", json, scope, isMade);
            }
        }
    }

    public override string ToString() => $"{Type} {Name}";

    // With symbolic names resources are an object, without they are an array.
    private static IEnumerable<JsonObject> ResourcesOf(JsonObject template) => template["resources"] switch
    {
        JsonArray array => array.Select(static r => r!.AsObject()),
        JsonObject named => named.Select(static r => r.Value!.AsObject()),
        _ => [],
    };
}
