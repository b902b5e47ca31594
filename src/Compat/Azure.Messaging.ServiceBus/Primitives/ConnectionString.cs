namespace Azure.Messaging.ServiceBus.Primitives;

/// <summary>What a connection string says.</summary>
internal sealed record ConnectionString
{
    /// <summary>The namespace; its port is -1 where none was given.</summary>
    public Uri Endpoint { get; private init; }

    public string EntityPath { get; private init; }

    public string SharedAccessKeyName { get; private init; }

    public string SharedAccessKey { get; private init; }

    public string SharedAccessSignature { get; private init; }

    public bool UseDevelopmentEmulator { get; private init; }

    /// <summary>Reads and checks a connection string. Unknown keys are skipped, and so is the case of known ones.</summary>
    /// <exception cref="FormatException">It is no list of <c>key=value</c> pairs, or a value is malformed.</exception>
    /// <exception cref="ArgumentException">The endpoint or the credentials are missing, or there are two kinds of credentials.</exception>
    public static ConnectionString Parse(string text)
    {
        Check.NotNullOrEmpty(text, "connectionString");
        var parsed = new ConnectionString();
        foreach (var pair in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            if (separator <= 0 || string.IsNullOrWhiteSpace(pair[(separator + 1)..]))
            {
                throw Malformed();
            }

            parsed = parsed.With(pair[..separator].Trim(), pair[(separator + 1)..].Trim());
        }

        parsed.Validate();
        return parsed;
    }

    private static FormatException Malformed()
        => new("The connection string could not be parsed; either it was malformed or contains no well-known tokens.");

    private static Uri ParseEndpoint(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var given)
            && !Uri.TryCreate($"sb://{value}", UriKind.Absolute, out given))
        {
            throw Malformed();
        }

        return Uri.CheckHostName(given.Host) == UriHostNameType.Unknown
            ? throw Malformed()
            : new UriBuilder("sb", given.Host, given.IsDefaultPort ? -1 : given.Port).Uri;
    }

    private ConnectionString With(string key, string value) => key.ToUpperInvariant() switch
    {
        "ENDPOINT" => this with { Endpoint = ParseEndpoint(value) },
        "ENTITYPATH" => this with { EntityPath = value },
        "SHAREDACCESSKEYNAME" => this with { SharedAccessKeyName = value },
        "SHAREDACCESSKEY" => this with { SharedAccessKey = value },
        "SHAREDACCESSSIGNATURE" => this with { SharedAccessSignature = value },
        "USEDEVELOPMENTEMULATOR" => this with
        {
            UseDevelopmentEmulator = bool.TryParse(value, out var use) ? use : throw Malformed(),
        },
        _ => this,
    };

    private void Validate()
    {
        var hasKey = !string.IsNullOrEmpty(SharedAccessKeyName) && !string.IsNullOrEmpty(SharedAccessKey);
        var hasPartOfKey = !string.IsNullOrEmpty(SharedAccessKeyName) || !string.IsNullOrEmpty(SharedAccessKey);
        var hasSignature = !string.IsNullOrEmpty(SharedAccessSignature);
        if (hasPartOfKey && hasSignature)
        {
            throw new ArgumentException(
                "The connection string may contain a shared access key or a shared access signature, not both.",
                "connectionString");
        }

        if (Endpoint is null || !(hasKey || hasSignature))
        {
            throw new ArgumentException(
                "The connection string used for a Service Bus client must specify the Service Bus namespace host "
                + "and either a Shared Access Key (both the name and value) or Shared Access Signature to be valid.",
                "connectionString");
        }
    }
}
