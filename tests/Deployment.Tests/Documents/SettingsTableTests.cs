using System.Text.RegularExpressions;
using Deployment.Tests.Infrastructure;

namespace Deployment.Tests.Documents;

/// <summary>The table of docs/settings.md.</summary>
public sealed partial class SettingsTableTests
{
    // Read by the Functions host or by LocalHost rather than as the app is registered.
    private static readonly string[] ReadByOthers = ["SweepSchedule", "FunctionKeys__Default", "FunctionKeys__Master"];

    [Fact]
    public void Every_setting_that_is_read_stands_in_it_once_and_no_other_does()
    {
        var named = Rows().SelectMany(static row => Name().Matches(row.Split('|')[1])).Select(static m => m.Groups[1].Value).Order();

        Assert.Equal(AppUnderDeployedSettings.NamesRead(LocalSettings.Sample()).Concat(ReadByOthers).Order(), named);
    }

    [Theory]
    [InlineData("DingTalk__CallbackToken")]
    [InlineData("DingTalk__EncodingAesKey")]
    [InlineData("DingTalk__OwnerKey")]
    [InlineData("MeetingsEnded__WebhookSecret")]
    public void A_setting_that_takes_several_values_says_so(string setting)
        => Assert.Contains("several", Assert.Single(Rows(), row => row.Split('|')[1].Contains($"`{setting}`", StringComparison.Ordinal)), StringComparison.Ordinal);

    private static IEnumerable<string> Rows() => Repository.Read("docs/settings.md").Split('\n')
        .SkipWhile(static line => !line.StartsWith("| Setting |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(static line => line.StartsWith('|'));

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex Name();
}
