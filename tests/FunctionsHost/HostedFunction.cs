using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace FunctionsHost;

/// <summary>A function as its metadata describe it.</summary>
/// <param name="Id">The worker's id for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Its trigger binding.</param>
public sealed record HostedFunction(string Id, string Name, JsonElement Trigger)
{
    private const string Suffix = "Trigger";

    /// <summary>What triggers it: <c>http</c>, <c>serviceBus</c> or <c>timer</c>.</summary>
    public string TriggeredBy => Text("type")![..^Suffix.Length];

    /// <summary>The route below the prefix; of an HTTP function.</summary>
    public string Route => Text("route") ?? Name;

    /// <summary>The methods, in upper case; of an HTTP function.</summary>
    public IReadOnlyList<string> Methods
        => [.. Trigger.GetProperty("methods").EnumerateArray().Select(static method => method.GetString()!.ToUpperInvariant())];

    /// <summary>Which keys open it; of an HTTP function.</summary>
    public AuthorizationLevel AuthLevel => Enum.Parse<AuthorizationLevel>(Text("authLevel")!, ignoreCase: true);

    /// <summary>A text of the trigger binding; null where it has none.</summary>
    public string? Text(string property) => Trigger.TryGetProperty(property, out var value) ? value.GetString() : null;

    internal static HostedFunction Read(Rpc.RpcFunctionMetadata metadata)
    {
        var bindings = metadata.RawBindings.Select(static json => JsonSerializer.Deserialize<JsonElement>(json));
        var trigger = bindings.Single(static one => one.GetProperty("type").GetString()!.EndsWith(Suffix, StringComparison.Ordinal));
        return new HostedFunction(metadata.FunctionId, metadata.Name, trigger);
    }
}
