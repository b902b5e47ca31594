using System.CommandLine;

namespace Benchmarks;

/// <summary>Options that are a number between two others.</summary>
internal static class NumberOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="description">What it is.</param>
    /// <param name="value">The number where it is not given.</param>
    /// <param name="most">The greatest number.</param>
    /// <param name="least">The least number. Default: 1.</param>
    public static Option<int> Create(string name, string description, int value, int most, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < least || number > most))
            {
                result.AddError($"{name}: expected a number from {least} to {most}.");
            }
        });
        return option;
    }
}
