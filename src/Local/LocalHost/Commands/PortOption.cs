using System.CommandLine;

namespace LocalHost.Commands;

/// <summary>Options that name a TCP port.</summary>
internal static class PortOption
{
    /// <summary>Creates one; a value that can be no port is refused by its name.</summary>
    public static Option<int> Create(string name, string description, int value)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} 0 is any free one.",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 0 or > ushort.MaxValue))
            {
                result.AddError($"{name}: expected a port from 0 to {ushort.MaxValue}.");
            }
        });
        return option;
    }
}
