using System.Text.Json;
using DingTalkSimulator;
using DingTalkSimulator.Meetings;

namespace EndToEnd.Tests.Recovery;

public sealed class When_an_operator_looks_for_manifests(AzuriteFixture azurite)
{
    [Fact]
    public async Task They_are_found_by_status_day_and_organisation()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var recorded = pipeline.DingTalk.Tenant.AddConference();
        var notRecorded = pipeline.DingTalk.Tenant.AddConference(videos: 0);
        notRecorded.RecordStatus = RecordStatus.NotRecorded;
        foreach (var conference in (SimulatedConference[])[recorded, notRecorded])
        {
            await pipeline.PushEndedAsync(conference);
            await pipeline.ManifestAsync(conference.Id);
        }

        var day = recorded.EndedAt.UtcDateTime;
        Assert.Equal([recorded.Id], await IdsAsync(pipeline, "?status=recorded"));
        Assert.Equal([notRecorded.Id], await IdsAsync(pipeline, "?status=notRecorded"));
        Assert.Equal(2, (await IdsAsync(pipeline, "")).Count);
        Assert.Equal(2, (await IdsAsync(pipeline, $"?endedOn={day:yyyy-MM-dd}..{day.AddDays(1):yyyy-MM-dd}")).Count);
        Assert.Equal(2, (await IdsAsync(pipeline, $"?corpId={pipeline.DingTalk.Options.CorpId}")).Count);
        Assert.Empty(await IdsAsync(pipeline, $"?endedOn={day.AddDays(-2):yyyy-MM-dd}"));
        Assert.Empty(await IdsAsync(pipeline, "?corpId=somebodyelse"));
    }

    [Fact]
    public async Task They_are_shown_with_title_start_and_totals_and_found_by_words_of_the_title()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var budget = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Title = "Budget 预算 2027", Videos = 2 });
        var standup = pipeline.DingTalk.Tenant.AddConference(new MeetingPlan { Title = "Stand-up" });
        foreach (var conference in (SimulatedConference[])[budget, standup])
        {
            await pipeline.PushEndedAsync(conference);
            await pipeline.ManifestAsync(conference.Id);
        }

        await pipeline.Manifests.UploadBlobAsync("foreign.json", new BinaryData("no manifest"), TestContext.Current.CancellationToken);

        var shown = (await pipeline.GetJsonAsync("manifests?status=recorded&title=BUDGET")).GetProperty("manifests")[0];
        Assert.Equal("Budget 预算 2027", shown.GetProperty("title").GetString());
        Assert.Equal(budget.StartedAt, shown.GetProperty("startedAt").GetDateTimeOffset());
        Assert.Equal(budget.EndedAt, shown.GetProperty("endedAt").GetDateTimeOffset());
        var totals = JsonElement.Parse((await pipeline.ManifestAsync(budget.Id)).Content).GetProperty("totals");
        Assert.All((string[])["videos", "bytes", "durationMs"], name => Assert.Equal(totals.GetProperty(name).GetInt64(), shown.GetProperty(name).GetInt64()));
        Assert.True(totals.GetProperty("videos").GetInt32() >= 2);
        Assert.Equal([budget.Id], await IdsAsync(pipeline, "?title=%E9%A2%84%E7%AE%97"));
        Assert.Equal([standup.Id], await IdsAsync(pipeline, "?title=stand"));
        Assert.Empty(await IdsAsync(pipeline, "?title=nothing"));
        Assert.Contains("foreign", await IdsAsync(pipeline, ""));
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var ids = Enumerable.Range(0, 5).Select(_ => pipeline.DingTalk.Tenant.AddConference()).Select(static c => c.Id).ToList();
        foreach (var id in ids)
        {
            await pipeline.PushEndedAsync(pipeline.DingTalk.Tenant.Find(id)!);
            await pipeline.ManifestAsync(id);
        }

        foreach (var query in (string[])["?max=2", "?max=2&status=recorded"])
        {
            var found = new List<string>();
            for (string? from = ""; from is not null;)
            {
                var page = await pipeline.GetJsonAsync($"manifests{query}{(from.Length == 0 ? "" : $"&from={Uri.EscapeDataString(from)}")}");
                found.AddRange(IdsOf(page));
                from = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            }

            Assert.Equal(ids.Order(), found.Order());
        }
    }

    [Fact]
    public async Task A_manifest_is_given_as_it_is_stored_and_a_missing_one_is_404()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        Assert.Empty(await IdsAsync(pipeline, ""));
        Assert.Empty(await IdsAsync(pipeline, "?status=recorded"));
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(conference);
        var stored = await pipeline.ManifestAsync(conference.Id);

        using var given = await pipeline.Operator.GetAsync(new Uri($"manifests/{conference.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var missing = await pipeline.Operator.GetAsync(new Uri("manifests/nobody", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(stored.Content.ToArray(), await given.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/json", given.Content.Headers.ContentType?.MediaType);
        Assert.Equal(404, (int)missing.StatusCode);
    }

    private static async Task<List<string>> IdsAsync(Pipeline pipeline, string query) => [.. IdsOf(await pipeline.GetJsonAsync($"manifests{query}"))];

    private static IEnumerable<string> IdsOf(JsonElement page)
        => page.GetProperty("manifests").EnumerateArray().Select(static m => m.GetProperty("conferenceId").GetString()!);
}
