using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MeetingRecordings.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MeetingRecordings.Functions.Settings;

/// <summary>
/// Reads settings under the names that operators write (<c>DingTalk__AppKey</c>) and gathers every fault, so that a start
/// names them all, one line each, and never a value.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    // What Microsoft's client factory reads of an identity, beside the client id.
    private static readonly string[] IdentityNames =
    [
        "credential", "tenantId", "clientSecret", "certificate", "managedIdentityResourceId", "managedIdentityObjectId", "serviceUri",
        "accountName", "connectionString",
    ];

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _faulted = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A setting that may be absent; empty counts as absent.</summary>
    public string? Optional(string name)
    {
        if (Raw(name) is not { Length: > 0 } value)
        {
            return null;
        }

        if (StrayCharacters.Find(value) is { } stray)
        {
            Fault(name, $"is malformed: {stray}");
        }

        return value;
    }

    /// <summary>A key or secret that may be absent: printable ASCII without spaces.</summary>
    public string? Secret(string name)
        => Optional(name) is not { } text || !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? Optional(name)
            : Fault(name, "is malformed: it holds a space, or a character that is not ASCII", text);

    /// <summary>A name of something in Azure.</summary>
    public string Name(string name, string otherwise, Regex accepted, string grammar)
        => Optional(name) is not { } text ? otherwise
            : accepted.IsMatch(text) ? text
            : Fault(name, $"is malformed: expected {grammar}", otherwise);

    /// <summary>A setting that must be there.</summary>
    public string Required(string name, string meaning) => Optional(name) ?? Fault(name, $"is missing: {meaning}", "");

    /// <summary>Values with commas between; none where the setting is absent.</summary>
    public IReadOnlyList<string> Values(string name)
        => Optional(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A time span.</summary>
    public TimeSpan TimeSpan(string name, TimeSpan otherwise)
        => Optional(name) is not { } text ? otherwise
            : TimeSpanText.TryParse(text, out var value) ? value
            : Fault(name, $"is malformed: expected {TimeSpanText.Expected}", otherwise);

    /// <summary>Time spans with commas between; an empty setting is an empty list.</summary>
    public IReadOnlyList<TimeSpan> TimeSpans(string name, IReadOnlyList<TimeSpan> otherwise)
    {
        if (Raw(name) is not { } text)
        {
            return otherwise;
        }

        var values = new List<TimeSpan>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TimeSpanText.TryParse(part, out var value))
            {
                return Fault(name, $"is malformed: expected, with commas between, {TimeSpanText.Expected}", otherwise);
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>A whole number; null where the setting is absent.</summary>
    public long? Number(string name, long least, long most)
        => Optional(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : Fault<long?>(name, string.Create(CultureInfo.InvariantCulture, $"is malformed: expected a whole number from {least} to {most}"), null);

    /// <summary>A number of things a second.</summary>
    public double Rate(string name, double least, double most, double otherwise)
        => Optional(name) is not { } text ? otherwise
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : Fault(name, string.Create(CultureInfo.InvariantCulture, $"is malformed: expected a number from {least} to {most}"), otherwise);

    /// <summary>A switch.</summary>
    public bool Flag(string name, bool otherwise = false)
        => Optional(name) is not { } text ? otherwise
            : bool.TryParse(text, out var value) ? value
            : Fault(name, "is malformed: expected true or false", otherwise);

    /// <summary>One of some names, in any case; the first where the setting is absent.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
        => Optional(name) is not { } text ? default
            : Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
            : Fault(name, $"is malformed: expected one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}", default(T));

    /// <summary>Some of some names, with commas between, in any case.</summary>
    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var values = Values(name);
        return values.All(value => names.Contains(value, StringComparer.OrdinalIgnoreCase))
            ? [.. values.Select(static value => Enum.Parse<T>(value, ignoreCase: true))]
            : Fault<IReadOnlyList<T>>(
                name, $"is malformed: expected some of {string.Join(", ", names.Select(JsonNamingPolicy.CamelCase.ConvertName))}", []);
    }

    /// <summary>
    /// An absolute https address, which paths can be added to; null where the setting is absent or malformed. Secrets go there, so http
    /// is for this machine alone.
    /// </summary>
    public Uri? Address(string name)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : Fault<Uri?>(name, "is malformed: expected an https address such as https://api.dingtalk.io", null);
    }

    /// <summary>Makes something of a setting that throws <see cref="FormatException"/> where it is malformed.</summary>
    public T? Parsed<T>(string name, string? value, Func<string, T> parse)
        where T : class
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        try
        {
            return parse(value);
        }
        catch (FormatException e)
        {
            return Fault<T?>(name, $"is malformed: {e.Message}", null);
        }
    }

    /// <summary>
    /// A connection as Microsoft's client factory reads it, in the spellings that the Functions bindings have: a connection string, or an
    /// address and an identity. A client id alone names a user-assigned identity.
    /// </summary>
    /// <param name="name">The connection.</param>
    /// <param name="address">What its bindings call the service's address.</param>
    /// <param name="problemOf">What is wrong with a connection string, in words; null where nothing is.</param>
    public IConfiguration Connection(string name, string address, Func<string, string?> problemOf)
    {
        _known.UnionWith(IdentityNames.Select(part => $"{name}__{part}"));
        var (connectionString, serviceAddress, clientId) = (Optional(name), Optional($"{name}__{address}"), Optional($"{name}__clientId"));
        if (connectionString is null && serviceAddress is null)
        {
            Fault(name, $"is missing: a connection string, or set {name}__{address} to use an identity");
        }

        if (connectionString is not null && problemOf(connectionString) is { } problem)
        {
            Fault(name, $"is malformed: {problem}");
        }

        var section = configuration.GetSection(name);
        var values = connectionString is not null
            ? new Dictionary<string, string?> { ["connectionString"] = connectionString }
            : section.GetChildren().Where(static child => child.Value is { Length: > 0 })
                .ToDictionary(static child => child.Key, static child => child.Value, StringComparer.OrdinalIgnoreCase);
        if (values.Remove("blobServiceUri", out var blobAddress))
        {
            values["serviceUri"] = blobAddress;
        }

        if (clientId is not null && connectionString is null && !values.ContainsKey("tenantId"))
        {
            values.TryAdd("credential", "managedidentity");
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string what)
    {
        // What follows from the first fault of a setting is no help.
        if (_faulted.Add(name))
        {
            _faults.Add($"The setting {name} {what}.");
        }
    }

    /// <summary>The settings of some families that nobody has read, each with the name that it may have been meant for.</summary>
    /// <param name="families">What their names begin with, for instance <c>DingTalk</c>.</param>
    public IReadOnlyList<UnknownSetting> FindUnknown(IReadOnlyCollection<string> families)
        => [.. configuration.GetChildren()
            .Where(family => families.Contains(family.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(static family => family.GetChildren().Select(child => $"{family.Key}__{child.Key}"))
            .Where(name => !_known.Contains(name))
            .Select(name => new UnknownSetting(name, _known.MinBy(known => EditDistance.Between(known, name))!))];

    /// <summary>Throws where there was a fault.</summary>
    /// <exception cref="OptionsValidationException">With one line for each fault.</exception>
    public void ThrowIfFaulted()
    {
        if (_faults.Count > 0)
        {
            throw new OptionsValidationException(nameof(AppSettings), typeof(AppSettings), _faults);
        }
    }

    private T Fault<T>(string name, string what, T otherwise)
    {
        Fault(name, what);
        return otherwise;
    }

    private string? Raw(string name)
    {
        _known.Add(name);
        var value = configuration[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)];
        if (value?.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase) == true)
        {
            Fault(name, "is a reference to Key Vault that Azure has not resolved: is the secret there, and may the app's identity read it");
        }

        return value;
    }
}
