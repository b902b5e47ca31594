using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EndToEnd.Tests.Requests;

/// <summary>What an operator is answered who asks for what cannot be had now.</summary>
public sealed class When_a_service_is_away(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("manifests")]
    [InlineData("manifests?status=recorded")]
    [InlineData("manifests/conf-1")]
    public async Task Manifests_are_answered_503_with_the_reason_before_anybody_loses_patience(string route)
    {
        await using var pipeline = await Pipeline.StartAsync(
            azurite, ("Manifests", $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:{FreePort()}/a;"));

        await AssertNoAnswerAsync(pipeline.Operator.GetAsync(route, TestContext.Current.CancellationToken), "unreachable");
    }

    [Fact]
    public async Task A_refusal_is_answered_503_with_the_stores_own_code()
    {
        var wrongKey = azurite.ConnectionString.Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal);
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Manifests", wrongKey));

        await AssertNoAnswerAsync(pipeline.Operator.GetAsync("manifests", TestContext.Current.CancellationToken), "AuthorizationFailure");
    }

    [Theory]
    [InlineData("GET", "poison", null)]
    [InlineData("POST", "poison/replay", """{"all":true}""")]
    [InlineData("DELETE", "poison/1?reason=test", null)]
    public async Task A_poison_queue_that_does_not_exist_is_answered_503_with_its_code(string method, string route, string? body)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("PoisonQueue", "no-such-queue"));
        using var request = new HttpRequestMessage(new HttpMethod(method), route)
        {
            Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };

        await AssertNoAnswerAsync(pipeline.Operator.SendAsync(request, TestContext.Current.CancellationToken), "MessagingEntityNotFound");
    }

    private static async Task AssertNoAnswerAsync(Task<HttpResponseMessage> asking, string code)
    {
        // Longer than the app asks by itself, so that its own limit is what counts.
        using var answer = await asking.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "application/problem+json", code),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, problem.RootElement.GetProperty("code").GetString()));
    }

    private static int FreePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }
}
