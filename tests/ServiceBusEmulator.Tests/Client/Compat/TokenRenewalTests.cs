using System.Threading.Channels;
using Azure.Core;
using Azure.Messaging.ServiceBus.Amqp;
using Azure.Messaging.ServiceBus.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class TokenRenewalTests : ClientTest
{
    [Fact(Timeout = Limit)]
    public async Task A_token_is_put_again_before_it_ends_while_its_link_is_open()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var credential = new CountingCredential(time);
        var endpoint = new NamespaceEndpoint(new Uri($"sb://localhost:{Emulator.Port}"), isEmulator: true, null);
        var scope = new AmqpConnectionScope(endpoint, TokenSource.FromCredential(credential), TimeSpan.FromMinutes(1), Ample, time);
        var link = scope.SendLinkTo(Queue, "sender");
        await link.GetAsync(TestEnd);
        Assert.Equal(1, await credential.Asked.Reader.ReadAsync(TestEnd));

        time.Advance(TimeSpan.FromMinutes(52));
        Assert.False(credential.Asked.Reader.TryRead(out _));

        for (var number = 2; number < 5; number++)
        {
            // The timer of a renewal starts once the one before it is through.
            var asked = credential.Asked.Reader.ReadAsync(TestEnd).AsTask();
            while (!asked.IsCompleted)
            {
                time.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }

            Assert.Equal(number, await asked);
        }

        await link.CloseAsync(TestEnd);
        await scope.CloseAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_token_that_has_ended_and_that_the_broker_takes_all_the_same_is_not_put_again_and_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var credential = new CountingCredential(time) { Life = TimeSpan.FromHours(-1) };
        var endpoint = new NamespaceEndpoint(new Uri($"sb://localhost:{Emulator.Port}"), isEmulator: true, null);
        var scope = new AmqpConnectionScope(endpoint, TokenSource.FromCredential(credential), TimeSpan.FromMinutes(1), Ample, time);
        await scope.SendLinkTo(Queue, "sender").GetAsync(TestEnd);
        Assert.Equal(1, await credential.Asked.Reader.ReadAsync(TestEnd));

        await Task.Delay(Glance, TestEnd);

        Assert.False(credential.Asked.Reader.TryRead(out _));
        await scope.CloseAsync();
    }

    private sealed class CountingCredential(TimeProvider time) : TokenCredential
    {
        private int _count;

        public Channel<int> Asked { get; } = Channel.CreateUnbounded<int>();

        public TimeSpan Life { get; init; } = TimeSpan.FromHours(1);

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal("https://servicebus.azure.net/.default", Assert.Single(requestContext.Scopes));
            Asked.Writer.TryWrite(++_count);
            return new AccessToken($"token {_count}", time.GetUtcNow() + Life);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
