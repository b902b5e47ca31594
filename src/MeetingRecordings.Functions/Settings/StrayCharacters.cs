using System.Globalization;

namespace MeetingRecordings.Functions.Settings;

/// <summary>What copying leaves around a value: white space, quotes, characters that nobody sees.</summary>
internal static class StrayCharacters
{
    /// <summary>What is wrong with a value, in words; null where nothing is.</summary>
    public static string? Find(string value)
        => char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) ? "it begins or ends with white space"
            : value.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) ? "it holds an invisible character"
            : value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? "it is in quotes"
            : null;
}
