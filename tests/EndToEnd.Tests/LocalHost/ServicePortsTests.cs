using LocalHost.Services;
using Microsoft.Extensions.Configuration;

namespace EndToEnd.Tests.LocalHost;

public sealed class ServicePortsTests
{
    [Theory]
    [InlineData("DingTalk:AppKey", false)]
    [InlineData("DingTalk:SuiteKey", false)]
    [InlineData("DingTalk:BaseAddress", false)]
    [InlineData("DingTalk:CallsPerSecond", true)]
    public void A_simulator_is_started_only_where_nothing_points_to_a_real_app(string setting, bool started)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(setting, "https://somewhere.test")]).Build();

        Assert.Equal(started, ServicePorts.AnyFree.Missing(settings, static _ => false).DingTalk is not null);
    }

    [Fact]
    public async Task The_recording_queue_is_listened_to_where_it_is_known_to_be()
    {
        await using var with = await LocalServices.StartAsync(
            new LocalServicesOptions(new ServicePorts(0, null, null)), TestContext.Current.CancellationToken);
        await using var without = await LocalServices.StartAsync(
            new LocalServicesOptions(new ServicePorts(null, null, 0)), TestContext.Current.CancellationToken);

        Assert.Equal("recordings", with.Settings["RecordingQueue"]);
        Assert.DoesNotContain("RecordingQueue", without.Settings.Keys);
    }
}
