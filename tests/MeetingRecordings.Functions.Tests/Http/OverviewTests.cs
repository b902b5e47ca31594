using System.Runtime.CompilerServices;
using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Manifests;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Functions.Settings;
using MeetingRecordings.Functions.Tests.Failed;
using MeetingRecordings.Functions.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Moq;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed class OverviewTests : HttpTest
{
    private readonly Dictionary<string, ReceiverDouble> _parts = new()
    {
        ["conferences/None"] = new(),
        ["conferences/DeadLetter"] = new(),
        ["poison/None"] = new(),
        ["poison/DeadLetter"] = new(),
    };

    private readonly Dictionary<string, string[]> _blobs = [];
    private Exception? _failure;
    private Exception? _blobFailure;
    private Task _blobsAnswer = Task.CompletedTask;
    private int _counts;
    private int? _budget;
    private int? _used;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_lies_in_the_queues_and_what_works_is_told()
    {
        _parts["conferences/None"].Add(1, enqueuedAt: Now.AddMinutes(-3));
        _parts["conferences/None"].Add(2, enqueuedAt: Now.AddMinutes(5), state: ServiceBusMessageState.Scheduled);
        _parts["conferences/DeadLetter"].Add(1, enqueuedAt: Now.AddDays(-1));
        _parts["poison/None"].Add(1, enqueuedAt: Now.AddHours(-1));
        _parts["poison/None"].Add(2, enqueuedAt: Now.AddHours(-2));

        var (status, body) = await ExecuteAsync(await Create().RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal(200, status);
        Assert.Equal(
            """
            {"conferences":{"active":1,"scheduled":1,"oldestEnqueuedAt":"2026-11-23T07:57:00+00:00","complete":true},
            "deadLetters":{"active":1,"scheduled":0,"oldestEnqueuedAt":"2026-11-22T08:00:00+00:00","complete":true},
            "poison":{"active":2,"scheduled":0,"oldestEnqueuedAt":"2026-11-23T06:00:00+00:00","complete":true},
            "poisonDeadLetters":{"active":0,"scheduled":0,"complete":true}}
            """.ReplaceLineEndings(""),
            body.RootElement.GetProperty("queues").GetRawText());
        Assert.Equal("2026-11-23T08:00:00+00:00", body.RootElement.GetProperty("at").GetString());
        Assert.True(body.RootElement.GetProperty("readiness").GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task What_was_accepted_and_what_has_come_of_late_meetings_is_told()
    {
        _blobs["\"status\"='recorded' AND \"endedOn\">='2026-11-22'"] = ["a.json", "b.json", "no manifest"];
        _blobs["\"status\"='notRecorded' AND \"endedOn\">='2026-11-22'"] = ["c.json"];
        var overview = Create();
        Clock.Advance(TimeSpan.FromHours(1));
        await Queue.TryEnqueueAsync([Notification("conf-1"), Notification("conf-2")], TimeSpan.FromSeconds(1), Cancellation);
        SendFailure = new ServiceBusException("full", ServiceBusFailureReason.QuotaExceeded);
        await Queue.TryEnqueueAsync([Notification("conf-3")], TimeSpan.FromSeconds(1), Cancellation);

        var (_, body) = await ExecuteAsync(await overview.RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal("""{"count":2,"since":"2026-11-23T08:00:00+00:00"}""", body.RootElement.GetProperty("accepted").GetRawText());
        Assert.Equal(
            """{"endedFrom":"2026-11-22","recorded":2,"notRecorded":1,"complete":true}""",
            body.RootElement.GetProperty("manifests").GetRawText());
    }

    [Fact]
    public async Task Blob_Storage_that_is_away_costs_its_own_figures_and_no_others()
    {
        _blobFailure = new RequestFailedException(503, "busy", "ServerBusy", null);

        var (status, body) = await ExecuteAsync(await Create().RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal(200, status);
        Assert.False(body.RootElement.TryGetProperty("manifests", out _));
    }

    [Fact]
    public async Task Blob_Storage_that_does_not_answer_is_waited_for_for_three_seconds()
    {
        var never = new TaskCompletionSource();
        _blobsAnswer = never.Task;
        var running = Create().RunAsync(Request(""), Cancellation);

        Clock.Advance(TimeSpan.FromSeconds(3));

        var (status, body) = await ExecuteAsync(await running, "GetOverview");
        Assert.Equal(200, status);
        Assert.False(body.RootElement.TryGetProperty("manifests", out _));
        never.SetResult();
    }

    [Theory]
    [InlineData(5000, 4100, """{"used":4100,"budget":5000}""")]
    [InlineData(5000, null, null)]
    [InlineData(null, 4100, null)]
    public async Task The_months_calls_are_told_where_there_is_a_budget_and_they_can_be_counted(int? budget, int? used, string? told)
    {
        (_budget, _used) = (budget, used);

        var (_, body) = await ExecuteAsync(await Create().RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal(told, body.RootElement.TryGetProperty("calls", out var calls) ? calls.GetRawText() : null);
    }

    [Fact]
    public async Task Manifests_are_counted_twice_a_minute_at_most()
    {
        _blobs["\"status\"='recorded' AND \"endedOn\">='2026-11-22'"] = ["a.json"];
        var overview = Create();
        Assert.Equal(1, await RecordedAsync(overview));
        _blobs.Clear();

        Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, await RecordedAsync(overview));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await RecordedAsync(overview));
    }

    [Fact]
    public async Task An_app_that_is_not_ready_has_an_overview_all_the_same()
    {
        var overview = Create(static () => "DingTalk: invalid.client.");

        var (status, body) = await ExecuteAsync(await overview.RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal(200, status);
        Assert.False(body.RootElement.GetProperty("readiness").GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task Queues_that_cannot_be_counted_are_a_problem_that_says_why()
    {
        _failure = new ServiceBusException("SharedAccessKey=secret", ServiceBusFailureReason.ServiceCommunicationProblem);

        var (status, body) = await ExecuteAsync(await Create().RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal((503, "ServiceCommunicationProblem"), (status, body.RootElement.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", body.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_ask_the_queues_are_counted_once_in_five_seconds()
    {
        var overview = Create();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => overview.RunAsync(Request(""), Cancellation))));
        Clock.Advance(TimeSpan.FromSeconds(4.9));
        await overview.RunAsync(Request(""), Cancellation);
        Assert.Equal(1, _counts);

        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await overview.RunAsync(Request(""), Cancellation);
        Assert.Equal(2, _counts);
    }

    [Fact]
    public async Task A_count_that_failed_is_tried_again()
    {
        _failure = new ServiceBusException("away", ServiceBusFailureReason.ServiceTimeout);
        var overview = Create();
        await overview.RunAsync(Request(""), Cancellation);
        _failure = null;
        Clock.Advance(TimeSpan.FromSeconds(5));

        var (status, _) = await ExecuteAsync(await overview.RunAsync(Request(""), Cancellation), "GetOverview");

        Assert.Equal(200, status);
    }

    private static Notifications.MeetingNotification Notification(string conferenceId)
        => new(new ConferenceMessage(conferenceId, null, null, null, Trigger.MeetingEnded), conferenceId, EndedAtSource.Fallback);

    private static async Task<int> RecordedAsync(GetOverview overview)
    {
        var (_, body) = await ExecuteAsync(await overview.RunAsync(Request(""), Cancellation), "GetOverview");
        return body.RootElement.GetProperty("manifests").GetProperty("recorded").GetInt32();
    }

    private async IAsyncEnumerable<Page<TaggedBlobItem>> FindAsync(
        string expression, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _blobsAnswer.WaitAsync(cancellationToken);
        yield return _blobFailure is not null ? throw _blobFailure : Page<TaggedBlobItem>.FromValues(
            [.. _blobs.GetValueOrDefault(expression, []).Select(static name => BlobsModelFactory.TaggedBlobItem(name, "manifests"))],
            null,
            Mock.Of<Response>());
    }

    private GetOverview Create(Func<string?>? attempt = null)
    {
        var client = new Mock<ServiceBusClient>();
        client.Setup(c => c.CreateReceiver(It.IsAny<string>(), It.IsAny<ServiceBusReceiverOptions>()))
            .Returns<string, ServiceBusReceiverOptions>((queue, options) =>
            {
                if (queue == "conferences" && options.SubQueue == SubQueue.None)
                {
                    Interlocked.Increment(ref _counts);
                }

                return _failure is null ? _parts[$"{queue}/{options.SubQueue}"] : throw _failure;
            });
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "token", new Probe(_ => Task.FromResult(attempt?.Invoke()), Clock), failureStatus: null, tags: null));
        var survey = new QueueSurvey(client.Object, new ServiceBusSettings(Mock.Of<IConfiguration>(), "conferences", "poison", "recordings"));
        var container = new Mock<BlobContainerClient>();
        container.Setup(c => c.FindBlobsByTagsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns<string, CancellationToken>((expression, token) => new FoundBlobs(FindAsync(expression, token)));
        var counter = new Mock<ICallCounter>();
        counter.Setup(c => c.AddAsync("2026-11", 0, It.IsAny<CancellationToken>())).ReturnsAsync(() => _used);
        return new GetOverview(
            new RecentSurvey(survey, Clock),
            Queue,
            new RecentManifests(new ManifestCatalog(container.Object), Clock),
            new RecentCalls(new CallBudget(_budget, counter.Object, Clock), Clock),
            new Readiness(services.BuildServiceProvider().GetRequiredService<HealthCheckService>(), Clock));
    }

    private sealed class FoundBlobs(IAsyncEnumerable<Page<TaggedBlobItem>> pages) : AsyncPageable<TaggedBlobItem>
    {
        public override IAsyncEnumerable<Page<TaggedBlobItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null) => pages;
    }
}
