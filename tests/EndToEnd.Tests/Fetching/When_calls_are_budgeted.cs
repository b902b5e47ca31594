using System.Globalization;
using Azure.Storage.Blobs;
using DingTalkSimulator.Pushing;
using EndToEnd.Tests.Recovery;
using MeetingRecordings.Functions.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace EndToEnd.Tests.Fetching;

/// <summary>The month's calls, counted by every instance in one blob. Its container is everybody's, so only this class sets a budget.</summary>
public sealed class When_calls_are_budgeted(AzuriteFixture azurite)
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rest_is_kept_for_announced_recordings_and_other_looks_wait_for_the_next_month()
    {
        await ForgetAsync();
        // The last one of them is kept.
        await using var pipeline = await Pipeline.StartAsync(azurite, ("DingTalk__CallsPerMonth", "9"));
        for (var i = 0; i < 4; i++)
        {
            var conference = pipeline.DingTalk.Tenant.AddConference();
            await pipeline.PushEndedAsync(conference);
            await pipeline.ManifestAsync(conference.Id);
            await pipeline.DrainAsync();
        }

        var late = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(late);
        await pipeline.UntilScheduledAsync(1);

        Assert.Equal((0, 0), (late.InfoCalls, late.GetVideosCalls));
        var waiting = Assert.Single(await pipeline.PeekAsync(Pipeline.Queue));
        var month = DateTimeOffset.UtcNow.ToOffset(ChinaOffset);
        var next = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, ChinaOffset).AddMonths(1);
        Assert.InRange(waiting.ScheduledEnqueueTime, next - TimeSpan.FromSeconds(1), next + TimeSpan.FromHours(1));
        Assert.Equal("8 of 9 calls of this month are used.", await CallsDetailAsync(pipeline));

        var pushed = await pipeline.DingTalk.Pusher.PushAsync(PushedEvent.VideoGenerated, late.Id, cancellationToken: Cancellation);
        Assert.True(pushed.Delivered, pushed.Detail);
        await pipeline.ManifestAsync(late.Id);
        Assert.Equal(1, late.GetVideosCalls);
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
    }

    [Fact]
    public async Task Instances_that_count_at_once_lose_no_call_and_count_none_twice()
    {
        await ForgetAsync();
        var month = "2026-01";
        var instances = Enumerable.Range(0, 4).Select(_ => new BlobCallCounter(Container(), TimeProvider.System, NullLogger<BlobCallCounter>.Instance)).ToList();

        await Task.WhenAll(instances.Select(async instance =>
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.NotNull(await instance.AddAsync(month, 3, Cancellation));
            }
        }));

        Assert.Equal(120, await instances[0].AddAsync(month, 0, Cancellation));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"calls":-1}""")]
    [InlineData("""{"calls":"many"}""")]
    [InlineData("[]")]
    public async Task A_blob_that_does_not_say_how_many_is_left_alone(string text)
    {
        await ForgetAsync();
        var blob = Container().GetBlobClient("calls/2026-01.json");
        await Container().CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await blob.UploadAsync(new BinaryData(text), overwrite: true, Cancellation);

        Assert.Null(await new BlobCallCounter(Container(), TimeProvider.System, NullLogger<BlobCallCounter>.Instance).AddAsync("2026-01", 1, Cancellation));

        Assert.Equal(text, (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
    }

    private static async Task<string?> CallsDetailAsync(Pipeline pipeline)
    {
        var report = await pipeline.GetJsonAsync("health/ready");
        Assert.True(report.GetProperty("ready").GetBoolean());
        return report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "calls").GetProperty("detail").GetString();
    }

    private BlobContainerClient Container() => new(azurite.ConnectionString, BlobSuiteTicketStore.ContainerName);

    private async Task ForgetAsync()
    {
        var month = DateTimeOffset.UtcNow.ToOffset(ChinaOffset).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        foreach (var name in (string[])[month, "2026-01"])
        {
            try
            {
                await Container().GetBlobClient($"calls/{name}.json").DeleteIfExistsAsync(cancellationToken: Cancellation);
            }
            catch (Azure.RequestFailedException e) when (e.ErrorCode == "ContainerNotFound")
            {
                return;
            }
        }
    }
}
