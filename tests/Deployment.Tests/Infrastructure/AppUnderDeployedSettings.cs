using System.Text.Json.Nodes;
using MeetingRecordings.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Deployment.Tests.Infrastructure;

/// <summary>The app, registered with the settings that the deployed one gets.</summary>
internal static class AppUnderDeployedSettings
{
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    // What Azure only knows once it has made it, or keeps in the vault.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["ServiceBus__fullyQualifiedNamespace"] = "sb-test.servicebus.windows.net",
        ["Manifests__blobServiceUri"] = "https://stdatatest.blob.core.windows.net/",
        ["Archive__blobServiceUri"] = "https://strectest.blob.core.windows.net/",
        ["DingTalk__EncodingAesKey"] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        ["MeetingsEnded__WebhookSecret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    };

    /// <summary>The app settings of the deployed function app, with values of parameters other than the defaults.</summary>
    public static Dictionary<string, string> Settings(Deployed deployed, params (string Name, JsonNode Value)[] parameters)
    {
        var app = deployed.With(parameters).Single(static r => r.Type == "Microsoft.Web/sites");
        return app.Scope.Resolve(app.Node("properties.siteConfig.appSettings"))!.AsArray()
            .ToDictionary(static s => (string)s!["name"]!, s => app.Scope.Evaluate(s!["value"])!);
    }

    public static Dictionary<string, string?> Resolved(Deployed deployed, params (string Name, JsonNode Value)[] parameters)
        => Settings(deployed, parameters).ToDictionary(
            static s => s.Key,
            static string? (s) => Known.TryGetValue(s.Key, out var known) ? known
                : IsSecret(s.Value) ? "fromTheVault"
                : s.Value);

    /// <summary>Whether a value is a reference to the vault.</summary>
    public static bool IsSecret(string value) => value.StartsWith(KeyVaultReference, StringComparison.Ordinal);

    public static IConfigurationRoot Configuration(IEnumerable<KeyValuePair<string, string?>> settings)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)))
            .Build();

    public static ServiceProvider Build(Deployed deployed, params (string Name, JsonNode Value)[] parameters)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMeetingRecordings(Configuration(Resolved(deployed, parameters)));
        return services.BuildServiceProvider();
    }

    /// <summary>The names of every setting that the app asks for as it is registered.</summary>
    public static IReadOnlySet<string> NamesRead(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var recorder = new RecordingConfiguration(Configuration(settings));
        new ServiceCollection().AddMeetingRecordings(recorder);
        return recorder.Names;
    }
}
