using System.CommandLine;

namespace Benchmarks;

/// <summary>Options that are a number from 1.</summary>
internal static class NumberOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="description">What it is.</param>
    /// <param name="value">The number where it is not given.</param>
    /// <param name="most">The greatest number.</param>
    public static Option<int> Create(string name, string description, int value, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < 1 || number > most))
            {
                result.AddError($"{name}: expected a number from 1 to {most}.");
            }
        });
        return option;
    }
}
