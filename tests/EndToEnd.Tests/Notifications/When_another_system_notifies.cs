using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Tests.Notifications;

public sealed class When_another_system_notifies(AzuriteFixture azurite)
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_meetings_in_one_request_have_their_manifests()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = Enumerable.Range(0, 1000).Select(_ => pipeline.DingTalk.Tenant.AddConference(videos: 1)).ToArray();

        using var answer = await pipeline.PostAsync("meetings/ended", JsonSerializer.Serialize(conferences.Select(static c => new { conferenceId = c.Id, unionId = c.CreatorUnionId })));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(1000, body.RootElement.GetProperty("accepted").GetArrayLength());
        await pipeline.DrainAsync();
        var manifests = new HashSet<string>();
        await foreach (var blob in pipeline.Manifests.GetBlobsAsync(cancellationToken: Token))
        {
            manifests.Add(blob.Name);
        }

        Assert.Equal(conferences.Select(static c => $"{c.Id}.json").Order(), manifests.Order());
    }

    [Fact]
    public async Task A_CloudEvent_in_each_mode_is_the_same_notification()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        var data = $$"""{"conferenceId":"{{conference.Id}}","unionId":"{{conference.CreatorUnionId}}"}""";
        var json = $$"""{"specversion":"1.0","id":"e-1","source":"/meetings","type":"meeting.ended","data":{{data}}}""";
        var binary = Post(data, "application/json");
        binary.Headers.Add("ce-specversion", "1.0");
        binary.Headers.Add("ce-id", "e-1");
        binary.Headers.Add("ce-source", "/meetings");
        binary.Headers.Add("ce-type", "meeting.ended");
        var ids = new List<string?>();

        foreach (var request in new[] { binary, Post(json, "application/cloudevents+json; charset=utf-8"), Post($"[{json}]", "application/cloudevents-batch+json") })
        {
            using var answer = await pipeline.Http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
            ids.Add(body.RootElement.GetProperty("accepted")[0].GetProperty("messageId").GetString());
        }

        Assert.Single(ids.Distinct());
        await pipeline.ManifestAsync(conference.Id);
        await pipeline.DrainAsync();
        Assert.Equal(1, conference.GetVideosCalls);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_with_its_key_costs_no_second_look()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        for (var i = 0; i < 3; i++)
        {
            var request = Post($$"""{"conferenceId":"{{conference.Id}}","unionId":"{{conference.CreatorUnionId}}"}""", "application/json");
            request.Headers.Add("Idempotency-Key", "key-1");
            Assert.Equal(HttpStatusCode.Accepted, (await pipeline.Http.SendAsync(request, Token)).StatusCode);
        }

        await pipeline.ManifestAsync(conference.Id);
        await pipeline.DrainAsync();
        Assert.Equal(1, conference.GetVideosCalls);
    }

    [Fact]
    public async Task Where_senders_have_a_secret_only_signed_requests_are_accepted()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("MeetingsEnded__WebhookSecret", $"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD,whsec_{Secret}"));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        var json = $$"""{"conferenceId":"{{conference.Id}}","unionId":"{{conference.CreatorUnionId}}"}""";

        Assert.Equal(HttpStatusCode.BadRequest, (await pipeline.PostAsync("meetings/ended", json)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await pipeline.Http.SendAsync(Signed(json, json + " "), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await pipeline.Http.SendAsync(Signed(json, json), Token)).StatusCode);
        await pipeline.ManifestAsync(conference.Id);
    }

    [Fact]
    public async Task The_description_of_the_functions_is_open_to_all()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        pipeline.Http.DefaultRequestHeaders.Remove("x-functions-key");

        using var answer = await pipeline.Http.GetAsync(new Uri("openapi.json", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/meetings/ended", out _));
    }

    [Fact]
    public async Task A_sender_of_CloudEvents_that_asks_whether_it_may_is_allowed_with_the_key_and_not_without()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var key = pipeline.Http.DefaultRequestHeaders.GetValues("x-functions-key").Single();
        pipeline.Http.DefaultRequestHeaders.Remove("x-functions-key");

        async Task<HttpResponseMessage> AskAsync(string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, $"meetings/ended{query}");
            request.Headers.Add("WebHook-Request-Origin", "eventgrid.azure.net");
            request.Headers.Add("WebHook-Request-Rate", "120");
            return await pipeline.Http.SendAsync(request, Token);
        }

        using var refused = await AskAsync("");
        using var allowed = await AskAsync($"?code={key}");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(refused.Headers.Contains("WebHook-Allowed-Origin"));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal("eventgrid.azure.net", allowed.Headers.GetValues("WebHook-Allowed-Origin").Single());
        Assert.Equal("*", allowed.Headers.GetValues("WebHook-Allowed-Rate").Single());
    }

    private static HttpRequestMessage Post(string body, string contentType) => new(HttpMethod.Post, "meetings/ended")
    {
        Content = new StringContent(body, MediaTypeHeaderValue.Parse(contentType)),
    };

    private static HttpRequestMessage Signed(string signed, string sent)
    {
        var request = Post(sent, "application/json");
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"msg-1.{timestamp}.{signed}"));
        request.Headers.Add("webhook-id", "msg-1");
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(mac)}");
        return request;
    }
}
