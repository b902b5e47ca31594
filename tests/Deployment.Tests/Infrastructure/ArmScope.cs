using System.Globalization;
using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>
/// A template and the values that its caller gives it. It evaluates what can be known before a deployment; of the rest it gives
/// the expression in angle brackets, so that two unknown values are equal where they come from the same place.
/// </summary>
internal sealed record ArmScope(JsonObject Template, ArmScope? Outer, JsonObject Arguments, string Name)
{
    public override string ToString() => Name;

    public string? Evaluate(JsonNode? node) => Resolve(node) switch
    {
        null => null,
        JsonValue value => value.ToString(),
        var other => other.ToJsonString(),
    };

    public JsonNode? Resolve(JsonNode? node)
        => node is JsonValue value && value.TryGetValue<string>(out var text) && ArmExpressionReader.Read(text) is { } expression
            ? Resolve(expression)
            : node;

    private JsonNode? Resolve(ArmExpression expression) => expression switch
    {
        ArmExpression.Literal literal => literal.Value,
        ArmExpression.Number number => number.Value,
        ArmExpression.Access access => Member(Resolve(access.Of), Evaluate(Resolve(access.Member))!),
        ArmExpression.Call call => Call(call.Function, call.Arguments),
        _ => throw new InvalidOperationException($"{expression} is no expression that is known here."),
    };

    private JsonNode? Call(string function, IReadOnlyList<ArmExpression> arguments)
    {
        string? Text(int index) => Evaluate(Resolve(arguments[index]));
        int Number(int index) => int.Parse(Text(index)!, CultureInfo.InvariantCulture);
        switch (function)
        {
            case "parameters":
                return Parameter(Text(0)!);
            case "variables":
                return Resolve(Template["variables"]![Text(0)!]);
            case "reference" when arguments.Count == 1 && Module(Text(0)!) is { } module:
                return module.Outputs();
            case "format":
                return string.Format(CultureInfo.InvariantCulture, Text(0)!, [.. Enumerable.Range(1, arguments.Count - 1).Select(Text)]);
            case "replace":
                return Text(0)!.Replace(Text(1)!, Text(2), StringComparison.Ordinal);
            case "contains":
                return Resolve(arguments[0]) is JsonArray items
                    ? items.Any(v => Evaluate(v) == Text(1))
                    : Text(0)!.Contains(Text(1)!, StringComparison.Ordinal);
            case "string":
                return Text(0) is "true" or "false" ? char.ToUpperInvariant(Text(0)![0]) + Text(0)![1..] : Text(0);
            case "padLeft":
                return Text(0)!.PadLeft(Number(1), Text(2)![0]);
            case "and":
                return Enumerable.Range(0, arguments.Count).All(i => Text(i) == "true");
            case "or":
                return Enumerable.Range(0, arguments.Count).Any(i => Text(i) == "true");
            case "not":
                return Text(0) != "true";
            case "toLower":
                return Text(0)!.ToLowerInvariant();
            case "empty":
                return Text(0) is null or "" or "[]" or "{}";
            case "equals":
                return Text(0) == Text(1);
            case "greater":
                return Number(0) > Number(1);
            case "less":
                return Number(0) < Number(1);
            case "mul":
                return Number(0) * Number(1);
            case "mod":
                return Number(0) % Number(1);
            case "div":
                return Number(0) / Number(1);
            case "uniqueString":
                return "token";
            case "true":
                return true;
            case "false":
                return false;
            case "null":
                return null;
            case "if":
                return Resolve(arguments[Text(0) == "true" ? 1 : 2]);
            case "coalesce":
                return arguments.Select(Resolve).FirstOrDefault(static v => v is not null);
            case "tryGet":
                return Enumerable.Range(1, arguments.Count - 1).Aggregate(Resolve(arguments[0]), (node, i) => node is null ? null : Member(node, Text(i)!));
            case "createArray":
                return new JsonArray([.. arguments.Select(a => Resolve(a)?.DeepClone())]);
            case "createObject":
                return new JsonObject(arguments.Chunk(2).Select(pair => KeyValuePair.Create(Evaluate(Resolve(pair[0]))!, Resolve(pair[1])?.DeepClone())));
            case "concat":
                return new JsonArray([.. arguments.SelectMany(a => Resolve(a)!.AsArray()).Select(static v => v?.DeepClone())]);
            case "union":
                return new JsonObject(arguments.SelectMany(a => Resolve(a)!.AsObject()).Select(static p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
            case "subscriptionResourceId" or "resourceId":
                return $"<{Text(0)}>/{string.Join('/', Enumerable.Range(1, arguments.Count - 1).Select(Text))}";
            default:
                return $"<{Name}:{function}({string.Join(',', Enumerable.Range(0, arguments.Count).Select(Text))})>";
        }
    }

    private JsonNode? Parameter(string name)
        => Arguments[name] is { } argument && (Outer ?? this).Resolve(argument) is JsonObject given && given.ContainsKey("value")
            ? (Outer ?? this).ResolveDeep(given["value"])
            : Template["parameters"]![name]!.AsObject().TryGetPropertyValue("defaultValue", out var otherwise)
                ? Resolve(otherwise)
                : $"<{name}>";

    private JsonNode? ResolveDeep(JsonNode? node) => Resolve(node) switch
    {
        JsonArray array => new JsonArray([.. array.Select(v => ResolveDeep(v)?.DeepClone())]),
        JsonObject json => new JsonObject(json.Select(p => KeyValuePair.Create(p.Key, ResolveDeep(p.Value)?.DeepClone()))),
        var value => value,
    };

    private ArmScope? Module(string name)
        => (Template["resources"] as JsonObject)?[name] is JsonObject resource && resource["properties"]?["template"] is JsonObject template
            ? new ArmScope(template, this, resource["properties"]!["parameters"]?.AsObject() ?? [], name)
            : null;

    private JsonObject Outputs() => new()
    {
        ["outputs"] = new JsonObject((Template["outputs"]?.AsObject() ?? []).Select(p =>
            KeyValuePair.Create(p.Key, (JsonNode?)new JsonObject { ["value"] = Resolve(p.Value!["value"])?.DeepClone() }))),
    };

    private static JsonNode? Member(JsonNode? of, string name) => of switch
    {
        JsonObject json => json[name],
        JsonArray array when int.TryParse(name, out var index) => array[index],
        _ => $"{of}.{name}",
    };
}
