using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Deployment.Tests.Infrastructure;

/// <summary>Notes which settings are asked for, under the names that operators write.</summary>
internal sealed class RecordingConfiguration(IConfiguration inner) : IConfiguration
{
    public HashSet<string> Names { get; } = [];

    public string? this[string key]
    {
        get
        {
            Names.Add(key.Replace(":", "__", StringComparison.Ordinal));
            return inner[key];
        }
        set => inner[key] = value;
    }

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

    public IChangeToken GetReloadToken() => inner.GetReloadToken();

    public IConfigurationSection GetSection(string key)
    {
        Names.Add(key.Replace(":", "__", StringComparison.Ordinal));
        return inner.GetSection(key);
    }
}
