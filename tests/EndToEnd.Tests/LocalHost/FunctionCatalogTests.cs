using LocalHost.Hosting;
using LocalHost.Settings;
using MeetingRecordings.Functions;

namespace EndToEnd.Tests.LocalHost;

public class FunctionCatalogTests
{
    private static readonly KeyValuePair<string, string?>[] Needed = [new("ConferenceQueue", "conferences"), new("SweepSchedule", "0 */5 * * * *")];

    [Fact]
    public void Every_function_is_found()
    {
        var catalog = Read();

        Assert.Contains(catalog.Http, static function => function.Function.Name == nameof(DingTalkEvents));
        Assert.Contains(catalog.Queues, static function => function.Function.Name == nameof(FetchRecordings));
    }

    [Theory]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "true")]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "1")]
    [InlineData("AzureWebJobs.FetchRecordings.Disabled", "True")]
    public void One_that_a_setting_disables_is_left_out(string setting, string value)
    {
        var catalog = Read((setting, value));

        Assert.DoesNotContain(catalog.Queues, static function => function.Function.Name == nameof(FetchRecordings));
        Assert.Contains(catalog.Http, static function => function.Function.Name == nameof(DingTalkEvents));
    }

    [Theory]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "false")]
    [InlineData("AzureWebJobs__DingTalkEvents__Disabled", "true")]
    public void One_that_no_setting_disables_stays(string setting, string value)
        => Assert.Contains(Read((setting, value)).Queues, static function => function.Function.Name == nameof(FetchRecordings));

    private static FunctionCatalog Read(params (string Name, string Value)[] settings) => FunctionCatalog.Read(
        typeof(DingTalkEvents).Assembly,
        LocalSettings.Only([.. Needed, .. settings.Select(static s => KeyValuePair.Create(s.Name, (string?)s.Value))]));
}
