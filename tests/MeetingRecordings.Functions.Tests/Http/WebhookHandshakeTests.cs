using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Tests.Http;

/// <summary>The question that a sender of CloudEvents asks first: whether it may send them here.</summary>
public sealed class WebhookHandshakeTests : HttpTest
{
    [Theory]
    [InlineData("eventgrid.azure.net")]
    [InlineData("events.example.com:8443")]
    public async Task The_sender_that_asks_is_allowed_at_any_rate(string origin)
    {
        var (status, headers, _) = await AskAsync(origin);

        Assert.Equal(200, status);
        Assert.Equal(origin, headers["WebHook-Allowed-Origin"]);
        Assert.Equal("*", headers["WebHook-Allowed-Rate"]);
        Assert.Equal("OPTIONS, POST", headers.Allow);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("münchen.example")]
    [InlineData("a\r\nSet-Cookie: b")]
    public async Task Who_does_not_say_its_name_is_answered_400_and_allowed_nothing(string? origin)
    {
        var (status, headers, body) = await AskAsync(origin);

        Assert.Equal(400, status);
        Assert.Equal("WebHook-Request-Origin", body!.RootElement.GetProperty("field").GetString());
        Assert.False(headers.ContainsKey("WebHook-Allowed-Origin"));
    }

    [Fact]
    public async Task A_name_may_be_as_long_as_a_host_name_and_a_port()
    {
        Assert.Equal(200, (await AskAsync(new string('a', 259))).Status);
        Assert.Equal(400, (await AskAsync(new string('a', 260))).Status);
    }

    private static async Task<(int Status, IHeaderDictionary Headers, JsonDocument? Body)> AskAsync(string? origin)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = "OPTIONS";
        if (origin is not null)
        {
            context.Request.Headers["WebHook-Request-Origin"] = origin;
            context.Request.Headers["WebHook-Request-Rate"] = "120";
        }

        using var body = new MemoryStream();
        context.Response.Body = body;
        await new WebhookHandshake().Run(context.Request).ExecuteAsync(context);
        var json = body.Length == 0 ? null : JsonDocument.Parse(body.ToArray());
        if (json is not null)
        {
            OpenApiDocument.AssertDescribes("WebhookHandshake", context.Response.StatusCode, context.Response.ContentType?.Split(';')[0], json.RootElement);
        }

        return (context.Response.StatusCode, context.Response.Headers, json);
    }
}
