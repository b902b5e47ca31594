using System.Reflection;
using LocalHost.Hosting;
using LocalHost.Settings;
using MeetingRecordings.Functions;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace EndToEnd.Tests.LocalHost;

public class FunctionCatalogTests
{
    private static readonly KeyValuePair<string, string?>[] Needed =
        [new("ConferenceQueue", "conferences"), new("RecordingQueue", "recordings"), new("SweepSchedule", "0 30 * * * *")];

    [Fact]
    public async Task Every_function_of_the_app_is_there_with_what_its_attributes_say()
    {
        var catalog = await ReadAsync();

        Assert.Equal(
            typeof(DingTalkEvents).Assembly.GetTypes().SelectMany(static type => type.GetMethods()).Select(Describe).OfType<string>().Order(),
            catalog.Http.Select(static f => $"{f.Function.Name}: {string.Join(',', f.Methods)} {f.Route} {f.Level}")
                .Concat(catalog.Queues.Select(static f => $"{f.Function.Name}: {f.QueueName} {f.Connection} {f.AutoCompleteMessages}"))
                .Concat(catalog.Timers.Select(static f => $"{f.Function.Name}: {f.Schedule} {f.RunsOnStartup}"))
                .Order());
        Assert.Empty(catalog.Faults);
    }

    [Theory]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "true")]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "1")]
    [InlineData("AzureWebJobs.FetchRecordings.Disabled", "True")]
    public async Task One_that_a_setting_disables_is_left_out(string setting, string value)
    {
        var catalog = await ReadAsync((setting, value));

        Assert.DoesNotContain(catalog.Queues, static function => function.Function.Name == nameof(FetchRecordings));
        Assert.Contains(catalog.Http, static function => function.Function.Name == nameof(DingTalkEvents));
    }

    [Theory]
    [InlineData("AzureWebJobs__FetchRecordings__Disabled", "false")]
    [InlineData("AzureWebJobs__DingTalkEvents__Disabled", "true")]
    public async Task One_that_no_setting_disables_stays(string setting, string value)
        => Assert.Contains((await ReadAsync((setting, value))).Queues, static function => function.Function.Name == nameof(FetchRecordings));

    [Theory]
    [InlineData("ConferenceQueue", nameof(FetchRecordings))]
    [InlineData("RecordingQueue", nameof(ArchiveRecording))]
    [InlineData("SweepSchedule", nameof(SweepFailedPushes))]
    public async Task One_whose_trigger_lacks_a_setting_is_disabled_and_the_others_run(string setting, string function)
    {
        var catalog = await ReadAsync((setting, ""));

        Assert.Equal($"The function {function} is disabled: its trigger needs the setting {setting}, which is missing.", Assert.Single(catalog.Faults));
        Assert.Equal(Names(await ReadAsync()).Where(name => name != function), Names(catalog));
    }

    private static IEnumerable<string> Names(FunctionCatalog catalog) => catalog.Http.Select(static f => f.Function.Name)
        .Concat(catalog.Queues.Select(static f => f.Function.Name))
        .Concat(catalog.Timers.Select(static f => f.Function.Name));

    private static Task<FunctionCatalog> ReadAsync(params (string Name, string Value)[] settings) => FunctionCatalog.ReadAsync(
        LocalSettings.Only(settings.Select(static s => KeyValuePair.Create(s.Name, (string?)s.Value)).Concat(Needed).DistinctBy(static s => s.Key)));

    private static string? Describe(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
        {
            return null;
        }

        var trigger = method.GetParameters()[0].GetCustomAttributes().Single(static a => a is HttpTriggerAttribute or ServiceBusTriggerAttribute or TimerTriggerAttribute);
        return function.Name + ": " + trigger switch
        {
            HttpTriggerAttribute http => $"{string.Join(',', http.Methods!)} {http.Route} {http.AuthLevel}",
            ServiceBusTriggerAttribute queue => $"{FillIn(queue.QueueName!)} {queue.Connection} {queue.AutoCompleteMessages}",
            TimerTriggerAttribute timer => $"{CrontabSchedule.Parse(FillIn(timer.Schedule), new() { IncludingSeconds = true })} {timer.RunOnStartup}",
            _ => null,
        };
    }

    private static string FillIn(string text) => Needed.FirstOrDefault(setting => text == $"%{setting.Key}%").Value ?? text;
}
