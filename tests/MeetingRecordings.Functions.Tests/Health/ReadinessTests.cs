using Azure;
using Azure.Messaging.ServiceBus;
using MeetingRecordings.Functions.Health;
using MeetingRecordings.Functions.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
        var readiness = Create(("queue", Answering(static () => null)), ("blob", Answering(static () => null)));

        var (status, body) = await ExecuteAsync(await new GetReadiness(readiness).RunAsync(Request(""), Cancellation), "GetReadiness");

        Assert.Equal(200, status);
        Assert.Equal("2026-11-23T08:00:00+00:00", body.RootElement.GetProperty("checkedAt").GetString());
        Assert.True(body.RootElement.GetProperty("ready").GetBoolean());
        var checks = body.RootElement.GetProperty("checks").EnumerateArray().ToArray();
        Assert.Equal([("queue", true), ("blob", true)], checks.Select(static check => (check.GetProperty("name").GetString(), check.GetProperty("ok").GetBoolean())));
        Assert.All(checks, static check => Assert.True(check.GetProperty("latencyMs").GetDouble() >= 0));
    }

    [Fact]
    public async Task One_thing_that_fails_makes_the_app_not_ready_and_is_told_without_what_its_exception_says()
    {
        var readiness = Create(
            ("queue", Answering(static () => throw new ServiceBusException("SharedAccessKey=secret", ServiceBusFailureReason.ServiceCommunicationProblem))),
            ("poisonQueue", Answering(static () => throw new UriFormatException("https://x?sig=secret"))),
            ("blob", Answering(static () => throw new RequestFailedException(403, "https://x?sig=secret", "AuthorizationFailure", null))),
            ("token", Answering(static () => "DingTalk: invalid.client.")));

        var (status, body) = await ExecuteAsync(await new GetReadiness(readiness).RunAsync(Request(""), Cancellation), "GetReadiness");

        Assert.Equal(503, status);
        Assert.Equal(
            ["Service Bus: ServiceCommunicationProblem.", "UriFormatException.", "Blob Storage answered 403 AuthorizationFailure.", "DingTalk: invalid.client."],
            body.RootElement.GetProperty("checks").EnumerateArray().Select(static check => check.GetProperty("detail").GetString()));
        Assert.DoesNotContain("secret", body.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_works_does_not_make_up_for_what_does_not()
        => Assert.False((await Create(("queue", Answering(static () => null)), ("blob", Answering(static () => "no"))).CheckAsync(Cancellation)).Ready);

    [Fact]
    public async Task What_does_not_answer_is_given_up()
    {
        var started = new TaskCompletionSource();
        Task<string?> Hang(CancellationToken cancellationToken)
        {
            started.SetResult();
            return new TaskCompletionSource<string?>().Task;
        }

        var readiness = Create(("queue", Hang));

        var checking = readiness.CheckAsync(Cancellation);
        await started.Task.WaitAsync(Cancellation);
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("No answer within 5 s.", Assert.Single((await checking).Checks).Detail);
    }

    [Fact]
    public async Task However_many_ask_it_is_tried_once_in_ten_seconds()
    {
        var tries = 0;
        string? Count()
        {
            Interlocked.Increment(ref tries);
            return null;
        }

        var readiness = Create(("queue", Answering(Count)));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => readiness.CheckAsync(Cancellation))));
        Clock.Advance(TimeSpan.FromSeconds(9.9));
        await readiness.CheckAsync(Cancellation);
        Assert.Equal(1, tries);

        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await readiness.CheckAsync(Cancellation);
        Assert.Equal(2, tries);
    }

    private static Func<CancellationToken, Task<string?>> Answering(Func<string?> attempt) => _ => Task.FromResult(attempt());

    private Readiness Create(params (string Name, Func<CancellationToken, Task<string?>> TryAsync)[] probes)
    {
        var services = new ServiceCollection().AddLogging();
        var checks = services.AddHealthChecks();
        foreach (var (name, tryAsync) in probes)
        {
            checks.Add(new HealthCheckRegistration(name, new Probe(tryAsync, Clock), failureStatus: null, tags: null));
        }

        return new Readiness(services.BuildServiceProvider().GetRequiredService<HealthCheckService>(), Clock);
    }
}
