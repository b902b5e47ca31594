using Amqp;
using Amqp.Framing;
using Amqp.Types;
using ServiceBusEmulator.Protocol;

namespace ServiceBusEmulator.Tests.Protocol;

public class ValueWalkerTests
{
    [Fact]
    public void Everything_that_a_client_may_write_passes()
    {
        var message = new Message("text")
        {
            Header = new Header { Durable = true, Ttl = 1000 },
            Properties = new Properties { MessageId = new string('m', 300), CreationTime = DateTime.UnixEpoch },
            ApplicationProperties = new ApplicationProperties
            {
                ["null"] = null,
                ["numbers"] = new long[] { 1, 2, 3 },
                ["uuids"] = new[] { Guid.NewGuid(), Guid.NewGuid() },
                ["symbols"] = new Symbol[] { "a", "b" },
                ["map"] = new Map { ["list"] = new List { 1, "two", 3.0, true, 'c', (byte)4, 5UL } },
                ["large"] = new byte[70_000],
            },
        };
        var encoded = message.Encode();

        ValueWalker.Check(encoded.Buffer.AsSpan(encoded.Offset, encoded.Length));
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(33, true)]
    [InlineData(20, false)]
    public void Lists_nested_without_end_are_refused(int levels, bool isRefused)
    {
        var exception = Record.Exception(() => ValueWalker.Check(NestedLists(levels)));

        Assert.Equal(isRefused, exception is AmqpException);
    }

    [Theory]
    [InlineData("C00301")] // a list that ends early
    [InlineData("C00102A10141A10142")] // a list whose size does not cover its items
    [InlineData("F0000000057FFFFFFF40")] // an array of two thousand million nulls
    [InlineData("B0FFFFFFFF00")] // bytes that are not there
    [InlineData("30")] // no format code
    public void Malformed_values_are_refused(string hex) =>
        Assert.Throws<AmqpException>(() => ValueWalker.Check(Convert.FromHexString(hex)));

    [Fact]
    public void Descriptors_nested_without_end_are_refused() =>
        Assert.Throws<AmqpException>(() => ValueWalker.Check(new byte[60_000]));

    private static byte[] NestedLists(int levels)
    {
        var encoded = new byte[levels * 9 + 1];
        encoded[^1] = 0x40;
        for (var level = 0; level < levels; level++)
        {
            var at = level * 9;
            encoded[at] = 0xD0;
            AmqpBitConverter.WriteInt(encoded, at + 1, encoded.Length - at - 5);
            AmqpBitConverter.WriteInt(encoded, at + 5, 1);
        }

        return encoded;
    }
}
