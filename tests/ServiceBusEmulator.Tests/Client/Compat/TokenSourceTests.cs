using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus.Amqp;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class TokenSourceTests
{
    [Fact]
    public async Task A_key_signs_the_audience_and_the_end()
    {
        var now = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        var source = TokenSource.FromKey("a name", "the key", new FakeTimeProvider(now));

        var token = await source.GetAsync("amqps://Example.org/Queue", TestContext.Current.CancellationToken);

        var resource = "amqps%3A%2F%2Fexample.org%2Fqueue";
        var expiry = now.AddHours(1).ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(HMACSHA256.HashData("the key"u8, Encoding.UTF8.GetBytes($"{resource}\n{expiry}")));
        Assert.Equal(
            $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(signature)}&se={expiry}&skn=a%20name",
            token.Value);
        Assert.Equal("servicebus.windows.net:sastoken", token.Type);
        Assert.Equal(now.AddHours(1), token.ExpiresOn);
        Assert.DoesNotContain(signature, token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ready_made_signature_ends_when_it_says()
    {
        var source = TokenSource.FromSignature("SharedAccessSignature sr=x&sig=y&se=1795507200&skn=z");

        var token = await source.GetAsync("any", TestContext.Current.CancellationToken);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795507200), token.ExpiresOn);
    }
}
