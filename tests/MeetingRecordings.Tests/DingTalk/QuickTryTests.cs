using Microsoft.AspNetCore.Http;
using Videos = MeetingRecordings.DingTalk.ApiAnswer<System.Collections.Generic.IReadOnlyList<MeetingRecordings.Manifests.Video>>;

namespace MeetingRecordings.Tests.DingTalk;

/// <summary>Which failures are tried again within a call, and how often.</summary>
public sealed class QuickTryTests : ConnectionTest
{
    private int _calls;

    [Fact]
    public async Task A_fault_is_tried_three_times_in_all_and_a_success_ends_the_tries()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref _calls) % 3 == 0 ? 200 : 500;
            return context.Response.WriteAsync(context.Response.StatusCode == 200 ? OneVideo : """{"code":"systemError"}""", Cancellation);
        });

        Assert.IsType<Videos.Ok>(await ClientOf(server.Address, quickRetries: 2).GetVideosAsync(null, "conf-1", "u1", Cancellation));
        Assert.Equal(3, _calls);
        AssertFault("systemError", await ClientOf(server.Address, quickRetries: 1).GetVideosAsync(null, "conf-1", "u1", Cancellation));
        Assert.Equal(5, _calls);
    }

    [Fact]
    public async Task Who_says_to_come_again_at_once_is_asked_at_once()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref _calls) == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = "0";
            return context.Response.WriteAsync(OneVideo, Cancellation);
        });

        Assert.IsType<Videos.Ok>(await ClientOf(server.Address, quickRetries: 1).GetVideosAsync(null, "conf-1", "u1", Cancellation));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Who_says_when_to_come_again_is_not_asked_at_once()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref _calls);
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "30";
            return context.Response.WriteAsync("busy", Cancellation);
        });

        var answer = await ClientOf(server.Address, quickRetries: 2).GetVideosAsync(null, "conf-1", "u1", Cancellation);

        Assert.Equal(TimeSpan.FromSeconds(30), AssertFault("client.unreadableBody", answer).RetryAfter);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_further_try_that_finds_no_turn_leaves_the_failure_that_it_was_for()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref _calls);
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("""{"code":"systemError"}""", Cancellation);
        });

        // One call an hour, and no limit to it but that: time is let run until the second try is turned away.
        var options = OptionsOf(server.Address, quickRetries: 1) with { CallsPerSecond = 1.0 / 3600, CallTimeout = Timeout.InfiniteTimeSpan };
        var call = ClientOf(options).GetVideosAsync(null, "conf-1", "u1", Cancellation);
        while (!call.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        AssertFault("systemError", await call);
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData("""{"code":"cloudRecordNotFound"}""")]
    [InlineData("""{"code":"resourceClose"}""")]
    [InlineData("""{"code":"waterLimitError"}""")]
    [InlineData("""{"code":"Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"}""")]
    [InlineData("""{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg"}""")]
    [InlineData("""{"code":"permissionError"}""")]
    [InlineData("""{"code":"unknownUserError"}""")]
    [InlineData("""{"status":1111}""")]
    public async Task What_will_not_pass_at_once_is_asked_once_for_every_call_is_metered(string body)
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref _calls);
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync(body, Cancellation);
        });

        Assert.IsType<Videos.Failed>(await ClientOf(server.Address, quickRetries: 2).GetVideosAsync(null, "conf-1", "u1", Cancellation));
        Assert.Equal(1, _calls);
    }
}
