using Azure.Messaging.ServiceBus.Amqp;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class AmqpDecimalsTests
{
    public static TheoryData<decimal> Numbers => [0m, 1m, -1m, 0.1m, -123.4560m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_decimal_comes_back_as_it_was(decimal number)
    {
        var back = Assert.IsType<decimal>(AmqpDecimals.FromAmqp(AmqpDecimals.ToAmqp(number)));

        Assert.Equal(decimal.GetBits(number), decimal.GetBits(back));
    }
}
