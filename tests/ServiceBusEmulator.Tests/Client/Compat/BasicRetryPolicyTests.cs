using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Primitives;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class BasicRetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(2, 0, 4)]
    [InlineData(3, 1, 8.08)]
    [InlineData(9, 1, 60)]
    public void Exponential_waits_double_up_to_the_longest(int attempts, double chance, double seconds)
        => Assert.Equal(
            seconds,
            BasicRetryPolicy.Delay(attempts, Second, TimeSpan.FromMinutes(1), ServiceBusRetryMode.Exponential, chance).TotalSeconds,
            precision: 6);

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(5, 1, 1.08)]
    public void Fixed_waits_stay_the_same_but_for_the_jitter(int attempts, double chance, double seconds)
        => Assert.Equal(
            seconds,
            BasicRetryPolicy.Delay(attempts, Second, TimeSpan.FromMinutes(1), ServiceBusRetryMode.Fixed, chance).TotalSeconds,
            precision: 6);

    [Fact]
    public void A_failure_that_may_pass_is_tried_again_as_often_as_was_asked()
    {
        var policy = new BasicRetryPolicy(new ServiceBusRetryOptions { MaxRetries = 2 });

        Assert.NotNull(policy.CalculateRetryDelay(new TimeoutException(), 2));
        Assert.Null(policy.CalculateRetryDelay(new TimeoutException(), 3));
        Assert.Null(policy.CalculateRetryDelay(new ArgumentException("no"), 1));
        Assert.Null(policy.CalculateRetryDelay(new ServiceBusException("no", ServiceBusFailureReason.MessageLockLost), 1));
        Assert.NotNull(policy.CalculateRetryDelay(new ServiceBusException("yes", ServiceBusFailureReason.ServiceTimeout), 1));
    }
}
