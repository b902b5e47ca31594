using System.Reflection;
using LocalHost.Hosting;

namespace FunctionsHost;

/// <summary>What a host is started with.</summary>
/// <param name="Settings">The app's settings: the worker's environment, beside what .NET itself needs.</param>
public sealed record WorkerHostOptions(IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>The folder of the app. Default: the one that it was built in, in this configuration.</summary>
    public string AppDirectory { get; init; } = typeof(WorkerHostOptions).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static metadata => metadata.Key == "FunctionApp").Value!;

    /// <summary>The keys that callers show.</summary>
    public FunctionKeys Keys { get; init; } = new("default-key-of-the-test-host", "master-key-of-the-test-host");

    /// <summary>Where the worker's lines go, and what the host has to say itself.</summary>
    public HostLog Log { get; init; } = new();

    /// <summary>Fills in <c>%Setting%</c>.</summary>
    /// <returns>The text; null where a setting is missing.</returns>
    internal string? FillIn(string text)
    {
        var parts = text.Split('%');
        for (var name = 1; name < parts.Length; name += 2)
        {
            if (Settings.GetValueOrDefault(parts[name]) is not { Length: > 0 } value)
            {
                return null;
            }

            parts[name] = value;
        }

        return string.Concat(parts);
    }

    internal bool IsDisabled(string function)
        => string.Equals(Settings.GetValueOrDefault($"AzureWebJobs__{function}__Disabled"), "true", StringComparison.OrdinalIgnoreCase);
}
