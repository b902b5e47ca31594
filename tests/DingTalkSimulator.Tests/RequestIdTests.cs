using System.Net.Http.Json;
using System.Text.Json;
using DingTalkSimulator.Api;

namespace DingTalkSimulator.Tests;

public sealed class RequestIdTests : SimulatorTest
{
    private const string Header = "x-acs-request-id";

    [Fact]
    public void By_default_only_the_body_of_errors_has_one_for_nothing_else_is_evidenced()
    {
        Assert.Equal(RequestIdPlace.Body, Tenant.Traits.RequestIds);
    }

    [Theory]
    [InlineData(RequestIdPlace.Body, false, true)]
    [InlineData(RequestIdPlace.Header, true, false)]
    [InlineData(RequestIdPlace.Both, true, true)]
    [InlineData(RequestIdPlace.None, false, false)]
    public async Task It_stands_where_it_is_wanted(RequestIdPlace place, bool inHeader, bool inBody)
    {
        Tenant.Traits = Tenant.Traits with { RequestIds = place };
        var conference = Tenant.AddConference();
        var token = await GetTokenAsync();

        using var error = await CallAsync("v1.0/conference/videoConferences/nobody", token);
        using var ok = await CallAsync($"v1.0/conference/videoConferences/{conference.Id}", token);
        using var old = await CallAsync("call_back/get_call_back_failed_result?access_token=wrong", null);

        var body = await BodyAsync(error);
        Assert.Equal((inHeader, inBody), (error.Headers.Contains(Header), body.TryGetProperty("requestid", out var id)));
        Assert.Equal((inHeader, false), (ok.Headers.Contains(Header), (await BodyAsync(ok)).TryGetProperty("requestid", out _)));
        Assert.Equal((inHeader, inBody), (old.Headers.Contains(Header), (await BodyAsync(old)).TryGetProperty("request_id", out _)));
        if (inHeader && inBody)
        {
            Assert.Equal(id.GetString(), error.Headers.GetValues(Header).Single());
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer)
        => await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
}
