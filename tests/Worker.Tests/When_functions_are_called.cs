using System.Net;
using FunctionsHost;
using Microsoft.Azure.Functions.Worker;

namespace Worker.Tests;

[Collection(SharedApp.Name)]
public sealed class When_functions_are_called(SharedApp shared)
{
    private readonly RunningApp _app = shared.App;

    private IEnumerable<HostedFunction> HttpFunctions
        => _app.Host.Worker.Functions.Where(static function => function.TriggeredBy == "http");

    [Fact]
    public void The_metadata_name_every_function_with_its_trigger()
    {
        string[] expected =
        [
            "ArchiveRecording: %RecordingQueue% at ServiceBus",
            "DingTalkEvents: POST dingtalk/events, Anonymous",
            "DropPoison: DELETE poison/{id}, Function",
            "FetchRecordings: %ConferenceQueue% at ServiceBus",
            "GetConsole: GET console, Anonymous",
            "GetHealth: GET health, Anonymous",
            "GetManifest: GET manifests/{conferenceId}, Function",
            "GetOverview: GET overview, Function",
            "GetReadiness: GET health/ready, Function",
            "GetRecordings: GET recordings/{conferenceId}, Function",
            "ListManifests: GET manifests, Function",
            "ListPoison: GET poison, Function",
            "MeetingsEnded: POST meetings/ended, Function",
            "OpenApi: GET openapi.json, Anonymous",
            "ReplayPoison: POST poison/replay, Function",
            "SweepFailedPushes: %SweepSchedule%",
            "TendQueues: 0 */4 * * * *",
            "WebhookHandshake: OPTIONS meetings/ended, Function",
        ];

        Assert.Equal(expected, _app.Host.Worker.Functions.Select(Describe).Order(StringComparer.Ordinal));
        Assert.All(
            _app.Host.Worker.Functions.Where(static function => function.TriggeredBy == "serviceBus"),
            static function => Assert.False(function.Trigger.GetProperty("autoCompleteMessages").GetBoolean()));
    }

    [Fact]
    public async Task A_senders_key_opens_the_address_for_plain_notifications_alone_and_an_operators_key_everything()
    {
        foreach (var function in HttpFunctions)
        {
            bool[] opens =
            [
                await IsOpenAsync(function, null),
                await IsOpenAsync(function, "some other key"),
                await IsOpenAsync(function, _app.Keys.Sender),
                await IsOpenAsync(function, _app.Keys.Operator),
                await IsOpenAsync(function, _app.Keys.Master),
            ];

            var isOpen = function.AuthLevel == AuthorizationLevel.Anonymous;
            bool[] expected = [isOpen, isOpen, isOpen || function.Route == "meetings/ended", true, true];
            Assert.True(expected.SequenceEqual(opens), $"{Describe(function)} is opened by: {string.Join(", ", opens)}");
        }
    }

    [Fact]
    public async Task A_key_may_stand_in_the_query()
    {
        using var answer = await _app.SendAsync(HttpMethod.Get, $"poison?code={_app.Keys.Operator}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_method_that_no_function_of_the_route_has_is_answered_404_with_nothing()
    {
        foreach (var route in HttpFunctions.GroupBy(PathOf))
        {
            var methods = route.SelectMany(static function => function.Methods).ToList();
            foreach (var method in (string[])["GET", "PUT", "DELETE", "PATCH"])
            {
                // Another route takes this path too: an id may be any word.
                if (!methods.Contains(method) && (route.Key, method) is not ("poison/replay", "DELETE"))
                {
                    await AssertNotFoundAsync(new HttpMethod(method), route.Key);
                }
            }
        }
    }

    [Fact]
    public async Task A_path_that_is_no_functions_is_answered_404() => await AssertNotFoundAsync(HttpMethod.Get, "nothing");

    private static string Describe(HostedFunction function) => function.TriggeredBy switch
    {
        "http" => $"{function.Name}: {string.Join(' ', function.Methods)} {function.Route}, {function.AuthLevel}",
        "serviceBus" => $"{function.Name}: {function.Text("queueName")} at {function.Text("connection")}",
        _ => $"{function.Name}: {function.Text("schedule")}",
    };

    private static string PathOf(HostedFunction function) => function.Route.Replace('{', '-').Replace('}', '-');

    private async Task<bool> IsOpenAsync(HostedFunction function, string? key)
    {
        using var answer = await _app.SendAsync(new HttpMethod(function.Methods[0]), PathOf(function), key);
        // What a function does not find it says; the host says nothing.
        Assert.True(answer.StatusCode != HttpStatusCode.NotFound || answer.Content.Headers.ContentLength > 0, function.Name);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }

    private async Task AssertNotFoundAsync(HttpMethod method, string path)
    {
        using var answer = await _app.SendAsync(method, path, _app.Keys.Operator);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
