using Azure.Messaging.ServiceBus.Processor;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class RenewalScheduleTests
{
    [Theory]
    [InlineData(300, 290)]
    [InlineData(20, 10)]
    [InlineData(4, 2)]
    [InlineData(0.4, 0.2)]
    [InlineData(0.3, 0)]
    [InlineData(-5, 0)]
    public void A_lock_is_renewed_10_seconds_before_its_end_or_at_half_of_its_time(double left, double delay)
        => Assert.Equal(TimeSpan.FromSeconds(delay), RenewalSchedule.DelayFor(TimeSpan.FromSeconds(left)));
}
