using System.Text.Json.Nodes;

namespace Deployment.Tests.Infrastructure;

/// <summary>The sample of local settings.</summary>
internal static class LocalSettings
{
    public static Dictionary<string, string?> Sample()
        => JsonNode.Parse(Repository.Read("local.settings.sample.json"))!["Values"]!.AsObject()
            .ToDictionary(static v => v.Key, static v => (string?)v.Value);
}
