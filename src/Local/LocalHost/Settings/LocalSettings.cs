using System.Text.Json;

namespace LocalHost.Settings;

/// <summary>The app's settings on this machine: the environment, over a settings file, over what LocalHost supplies.</summary>
public static class LocalSettings
{
    /// <summary>The file that is read where none is named, if it is there.</summary>
    public const string DefaultFile = "local.settings.json";

    /// <summary>Reads the settings.</summary>
    /// <param name="file">A file such as Core Tools read; null for <see cref="DefaultFile"/>, if it is there.</param>
    /// <param name="supplied">The settings of services that LocalHost has started, and other defaults.</param>
    /// <exception cref="LocalHostException">The file cannot be read.</exception>
    public static IConfiguration Read(string? file, IEnumerable<KeyValuePair<string, string?>> supplied)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(ToKeys(supplied))
            .AddInMemoryCollection(ToKeys(ReadFile(file)))
            .AddEnvironmentVariables()
            .Build();

    /// <summary>Settings of exactly these names, whatever this machine's environment says.</summary>
    /// <param name="supplied">The settings.</param>
    public static IConfiguration Only(IEnumerable<KeyValuePair<string, string?>> supplied)
        => new ConfigurationBuilder().AddInMemoryCollection(ToKeys(supplied)).Build();

    /// <summary>The first of several values. While secrets are rotated a setting holds several, with commas between; any of them is accepted.</summary>
    internal static string? First(string? values) => values?.Split(',')[0].Trim();

    private static IEnumerable<KeyValuePair<string, string?>> ToKeys(IEnumerable<KeyValuePair<string, string?>> settings)
        => settings.Select(static s => KeyValuePair.Create(s.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), s.Value));

    private static List<KeyValuePair<string, string?>> ReadFile(string? file)
    {
        if (file is null && !File.Exists(DefaultFile))
        {
            return [];
        }

        var path = file ?? DefaultFile;
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return [.. json.RootElement.GetProperty("Values").EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, (string?)p.Value.ToString()))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The settings file {path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"The settings file {path} is malformed: expected a JSON object with an object \"Values\".", e);
        }
    }
}
