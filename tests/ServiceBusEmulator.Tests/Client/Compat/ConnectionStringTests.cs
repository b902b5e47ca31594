using Azure.Messaging.ServiceBus.Primitives;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class ConnectionStringTests
{
    private const string Key = "SharedAccessKeyName=name;SharedAccessKey=a+b/c==";

    [Fact]
    public void A_namespace_is_reached_with_tls()
    {
        var endpoint = EndpointOf($"Endpoint=sb://example.servicebus.windows.net/;{Key}");

        Assert.Equal("example.servicebus.windows.net", endpoint.HostName);
        Assert.Equal(5671, endpoint.Port);
        Assert.True(endpoint.UseTls);
        Assert.Equal("amqps://example.servicebus.windows.net/queue", endpoint.AudienceOf("queue"));
    }

    [Theory]
    [InlineData("sb://localhost", 5672)]
    [InlineData("sb://localhost:10000", 10000)]
    public void An_emulator_is_reached_without(string address, int port)
    {
        var endpoint = EndpointOf($"endpoint={address}; {Key}; UseDevelopmentEmulator = true;");

        Assert.Equal(port, endpoint.Port);
        Assert.False(endpoint.UseTls);
    }

    [Fact]
    public void A_key_may_hold_equals_signs()
    {
        var parsed = ConnectionString.Parse($"Endpoint=sb://example.org;{Key};EntityPath=queue;Unknown=x");

        Assert.Equal("a+b/c==", parsed.SharedAccessKey);
        Assert.Equal("name", parsed.SharedAccessKeyName);
        Assert.Equal("queue", parsed.EntityPath);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Endpoint=;" + Key)]
    [InlineData("Endpoint=sb://example.org;" + Key + ";UseDevelopmentEmulator=perhaps")]
    public void What_is_no_connection_string_cannot_be_read(string text)
        => Assert.Throws<FormatException>(() => ConnectionString.Parse(text));

    [Theory]
    [InlineData("Endpoint=sb://example.org")]
    [InlineData("Endpoint=sb://example.org;SharedAccessKeyName=name")]
    [InlineData(Key)]
    [InlineData("Endpoint=sb://example.org;" + Key + ";SharedAccessSignature=sig")]
    public void Credentials_must_be_whole_and_of_one_kind(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => ConnectionString.Parse(text));
        Assert.DoesNotContain("a+b/c==", exception.Message, StringComparison.Ordinal);
    }

    private static NamespaceEndpoint EndpointOf(string text)
    {
        var parsed = ConnectionString.Parse(text);
        return new NamespaceEndpoint(parsed.Endpoint, parsed.UseDevelopmentEmulator, null);
    }
}
