using Azure;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Tests.Http;

namespace MeetingRecordings.Functions.Tests.Health;

public sealed class ReadinessTests : HttpTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_may_know_that_the_app_runs()
    {
        var (status, body) = await ExecuteAsync(GetHealth.Run(Request("")), "GetHealth");

        Assert.Equal((200, """{"status":"ok"}"""), (status, body.RootElement.GetRawText()));
    }

    [Fact]
    public async Task An_app_that_has_what_it_needs_is_ready_and_tells_how_long_each_try_took()
    {
        var readiness = Create(
            Probe("queue", () =>
            {
                Clock.Advance(TimeSpan.FromMilliseconds(12.34));
                return null;
            }),
            Probe("blob", static () => null));

        var (status, body) = await ExecuteAsync(await new GetReadiness(readiness).RunAsync(Request(""), Cancellation), "GetReadiness");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"ready":true,"checkedAt":"2026-11-23T08:00:00+00:00","checks":[{"name":"queue","ok":true,"latencyMs":12.3},{"name":"blob","ok":true,"latencyMs":0}]}""",
            body.RootElement.GetRawText());
    }

    [Fact]
    public async Task One_thing_that_fails_makes_the_app_not_ready_and_is_told_without_what_its_exception_says()
    {
        var readiness = Create(
            Probe("queue", static () => throw new ServiceBusException("SharedAccessKey=secret", ServiceBusFailureReason.ServiceCommunicationProblem)),
            Probe("blob", static () => throw new UriFormatException("https://x?sig=secret")),
            Probe("blob", static () => throw new RequestFailedException(403, "https://x?sig=secret", "AuthorizationFailure", null)),
            Probe("token", static () => "DingTalk: invalid.client."));

        var (status, body) = await ExecuteAsync(await new GetReadiness(readiness).RunAsync(Request(""), Cancellation), "GetReadiness");

        Assert.Equal(503, status);
        Assert.Equal(
            ["Service Bus: ServiceCommunicationProblem.", "UriFormatException.", "Blob Storage answered 403 AuthorizationFailure.", "DingTalk: invalid.client."],
            body.RootElement.GetProperty("checks").EnumerateArray().Select(static check => check.GetProperty("detail").GetString()));
        Assert.DoesNotContain("secret", body.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_works_does_not_make_up_for_what_does_not()
        => Assert.False((await Create(Probe("queue", static () => null), Probe("blob", static () => "no")).CheckAsync(Cancellation)).Ready);

    [Fact]
    public async Task What_does_not_answer_is_given_up()
    {
        var started = new TaskCompletionSource();
        var readiness = Create(new ReadinessProbe("queue", _ =>
        {
            started.SetResult();
            return new TaskCompletionSource<string?>().Task;
        }));

        var checking = readiness.CheckAsync(Cancellation);
        await started.Task.WaitAsync(Cancellation);
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("No answer within 5 s.", Assert.Single((await checking).Checks).Detail);
    }

    [Fact]
    public async Task However_many_ask_it_is_tried_once_in_ten_seconds()
    {
        var tries = 0;
        var readiness = Create(Probe("queue", () =>
        {
            Interlocked.Increment(ref tries);
            return null;
        }));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => readiness.CheckAsync(Cancellation))));
        Clock.Advance(TimeSpan.FromSeconds(9.9));
        await readiness.CheckAsync(Cancellation);
        Assert.Equal(1, tries);

        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await readiness.CheckAsync(Cancellation);
        Assert.Equal(2, tries);
    }

    private static ReadinessProbe Probe(string name, Func<string?> attempt) => new(name, _ => Task.FromResult(attempt()));

    private Readiness Create(params ReadinessProbe[] probes) => new(probes, Clock);
}
