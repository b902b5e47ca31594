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
}
