using System.Globalization;
using System.Text.RegularExpressions;
using Deployment.Tests.Infrastructure;

namespace Deployment.Tests.Documents;

/// <summary>Operators' queries and alerts hold to event ids, so a line may not change its own unnoticed.</summary>
public sealed partial class LogTableTests
{
    [Fact]
    public void Operations_list_every_line_of_the_app_by_its_id_and_level()
    {
        var logged = LogLines.Declared().Select(static line => (line.EventId, line.Level.ToString())).Order();

        Assert.Equal(logged, Listed(Repository.Read("docs/operations.md")).Order());
    }

    // A row stands for one line, or for several with commas between; one level may be that of all.
    private static IEnumerable<(int Id, string Level)> Listed(string document)
        => Row().Matches(document).SelectMany(static row =>
        {
            var ids = row.Groups[1].Value.Split(", ");
            var levels = row.Groups[2].Value.Split(", ");
            return ids.Select((id, i) => (int.Parse(id, CultureInfo.InvariantCulture), levels.Length == 1 ? levels[0] : levels[i]));
        });

    [GeneratedRegex(@"^\| (\d{3}(?:, \d{3})*) \| (\w+(?:, \w+)*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
