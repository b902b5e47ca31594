using System.Text.RegularExpressions;
using MeetingRecordings.Archiving;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Failed;

namespace Deployment.Tests.Documents;

/// <summary>Whoever is woken reads the same advice in the operations' tables, on the operators' page and in lists.</summary>
public sealed partial class AdviceTableTests
{
    private static readonly string[] OfTheBroker = ["malformed", "MaxDeliveryCountExceeded", "TTLExpiredException"];

    [Fact]
    public void The_table_of_poison_messages_says_of_each_reason_what_the_app_says()
    {
        var rows = Rows("## Poison messages", "| reason | it means | do |");
        string[] reasons = [.. typeof(PoisonReasons).GetFields().Select(static field => (string)field.GetValue(null)!)];

        Assert.Equal(reasons.Order(), rows.Select(static row => row[0]).Order());
        Assert.All(rows, static row => Assert.Equal(FailureAdvice.Of(row[0]), $"{row[1]}. {row[2]}."));
    }

    [Fact]
    public void The_table_of_dead_letters_says_of_each_reason_what_the_app_says_and_may_say_more()
    {
        var rows = Rows("## Dead letters", "| reason | it means, and what to do |")
            .SelectMany(static row => row[0].Split(", ").Select(reason => (Reason: reason, Advice: row[1]))).ToList();

        Assert.All(rows, static row => Assert.StartsWith(
            FailureAdvice.Of(row.Reason) ?? $"No advice for {row.Reason}", row.Advice, StringComparison.Ordinal));
        Assert.All(ErrorTable.Fixes.Select(static fix => fix.Code).Concat(OfTheBroker).Concat(ArchiveReasons.Advice.Keys), code => Assert.Contains(
            rows, row => row.Reason.StartsWith(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_reason_that_nobody_knows_has_no_advice() => Assert.Null(FailureAdvice.Of("somethingNew"));

    // The text of each cell, without markup.
    private static IReadOnlyList<string[]> Rows(string heading, string head)
    {
        var document = Repository.Read("docs/operations.md").ReplaceLineEndings("\n");
        var section = document[document.IndexOf(heading, StringComparison.Ordinal)..];
        return [.. section[section.IndexOf(head, StringComparison.Ordinal)..].Split('\n').Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|', ' ').Split(" | ").Select(static cell => Markup().Replace(cell, "$1").Trim()).ToArray())];
    }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)|[`*]")]
    private static partial Regex Markup();
}
