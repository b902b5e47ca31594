using System.Text.RegularExpressions;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The names that Azure accepts.</summary>
/// <remarks>Source: Azure Resource Manager, "Naming rules and restrictions for Azure resources".</remarks>
internal static partial class AzureNames
{
    public const string ContainerGrammar = "3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends";

    public const string QueueGrammar = "1 to 260 letters, digits, periods, hyphens, underscores and slashes, with a letter or digit at both ends";

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    public static partial Regex Container();

    [GeneratedRegex(@"^(?=.{1,260}\z)[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    public static partial Regex Queue();
}
