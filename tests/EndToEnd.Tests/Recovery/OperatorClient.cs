using System.Net.Http.Json;
using System.Text.Json;

namespace EndToEnd.Tests.Recovery;

/// <summary>An operator with curl.</summary>
internal static class OperatorClient
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> GetJsonAsync(this Pipeline pipeline, string route)
        => await pipeline.Operator.GetFromJsonAsync<JsonElement>(new Uri(route, UriKind.Relative), Cancellation);

    public static async Task<IReadOnlyList<JsonElement>> PoisonAsync(this Pipeline pipeline, string query = "")
        => [.. (await pipeline.GetJsonAsync($"poison{query}")).GetProperty("messages").EnumerateArray()];

    /// <summary>Replays, and gives each message's conference and outcome.</summary>
    public static async Task<IReadOnlyList<(string? ConferenceId, string? Outcome)>> ReplayAsync(this Pipeline pipeline, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await pipeline.Operator.PostAsync(new Uri("poison/replay", UriKind.Relative), content, Cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return [.. body.GetProperty("results").EnumerateArray().Select(static result => (
            result.TryGetProperty("conferenceId", out var id) ? id.GetString() : null,
            result.GetProperty("outcome").GetString()))];
    }

    public static async Task<int> DropAsync(this Pipeline pipeline, string idAndQuery)
    {
        using var answer = await pipeline.Operator.DeleteAsync(new Uri($"poison/{idAndQuery}", UriKind.Relative), Cancellation);
        return (int)answer.StatusCode;
    }

    /// <summary>Has DingTalk fail at conferences until they are poisoned, then recover.</summary>
    public static async Task<IReadOnlyList<DingTalkSimulator.SimulatedConference>> PoisonedAsync(this Pipeline pipeline, int count)
    {
        var conferences = new List<DingTalkSimulator.SimulatedConference>();
        for (var i = 0; i < count; i++)
        {
            // One after the other, so that they lie in this order.
            var conference = pipeline.DingTalk.Tenant.AddConference();
            conference.Script.Add(DingTalkSimulator.Faults.ScriptedAnswer.ApiError.Of("systemError"), int.MaxValue);
            await pipeline.PushEndedAsync(conference);
            await pipeline.DrainAsync();
            conference.Script.Clear();
            conferences.Add(conference);
        }

        Assert.Equal(count, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        return conferences;
    }
}
