using Azure.Storage.Blobs.Models;
using EndToEnd.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_an_operator_looks_for_a_manifest(AzuriteFixture azurite, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meeting_is_reported_and_its_manifest_is_found_shown_and_looked_at_again()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Report a meeting");
        await page.Tab.GetByLabel("Conference ids, one a line").FillAsync(conference.Id);
        await page.PressAsync("Report");
        await Expect(page.Tab.Locator("#report-answers li")).ToHaveTextAsync($"{conference.Id}: accepted");
        await pipeline.ManifestAsync(conference.Id);
        await pipeline.DrainAsync();

        await page.GoToAsync("Manifests");
        var row = page.Tab.Locator("#manifest-rows tr");
        await Expect(row).ToContainTextAsync([conference.Id]);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Tab.Locator("#manifest-card")).ToBeFocusedAsync();
        await Expect(page.Tab.Locator("#manifest-facts")).ToContainTextAsync("Video 1");
        await Expect(page.Tab.Locator("#manifest-json")).ToContainTextAsync("\"schemaVersion\"");
        await Expect(page.Tab.Locator("#manifest-query")).ToHaveTextAsync(
            $"traces | where message has \"{conference.Id}\" | project timestamp, message | order by timestamp asc");
        await page.PressAsync("Copy the query");
        await Expect(page.Notice).ToContainTextAsync("The query is");
        await page.PressAsync("Look again now");
        await Expect(page.Notice).ToContainTextAsync($"{conference.Id} is on the queue.");
        await page.PressAsync("Close");
        await Expect(row.GetByRole(AriaRole.Button)).ToBeFocusedAsync();

        Assert.Equal(2, (await pipeline.Operator.GetStringAsync(new Uri("overview", UriKind.Relative), Cancellation))
            .Split("\"accepted\":{\"count\":")[1][0] - '0');
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Manifests_are_filtered_by_day_status_title_and_id_and_come_page_by_page()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        // Azurite ends a filtered list with the first page that it has looked at, so there are fewer than a page holds.
        await UploadAsync(pipeline, 0, 20);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Manifests");
        var rows = page.Tab.Locator("#manifest-rows tr");
        await Expect(rows).ToHaveCountAsync(20);
        await page.Tab.GetByLabel("Ended from (UTC)").FillAsync("2026-11-03");
        await page.Tab.GetByLabel("to", new() { Exact = true }).FillAsync("2026-11-08");
        await page.PressAsync("Show");
        await Expect(rows).ToHaveCountAsync(6);
        await page.Tab.GetByLabel("Status").SelectOptionAsync("notRecorded");
        await page.PressAsync("Show");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToContainTextAsync("notRecorded");

        await UploadAsync(pipeline, 20, 60);
        await page.Tab.GetByLabel("Ended from (UTC)").FillAsync("");
        await page.Tab.GetByLabel("to", new() { Exact = true }).FillAsync("");
        await page.Tab.GetByLabel("Status").SelectOptionAsync("");
        await page.PressAsync("Show");
        await Expect(page.Tab.Locator("#manifest-count")).ToHaveTextAsync("25 manifests, more follow");
        await page.PressAsync("Next page");
        await Expect(rows.First).ToContainTextAsync("Weekly 25");
        await page.PressAsync("Next page");
        await Expect(rows).ToHaveCountAsync(10);
        await Expect(page.Tab.Locator("#manifest-next")).ToBeHiddenAsync();

        await page.Tab.GetByLabel("Title holds").FillAsync("weekly 59");
        await page.PressAsync("Show");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync(["conf-59"]);
        await page.Tab.GetByLabel("Title holds").FillAsync("no such thing");
        await page.PressAsync("Show");
        await Expect(page.Tab.Locator("#manifest-count")).ToHaveTextAsync("No manifest is like that.");

        await page.Tab.GetByLabel("Conference id", new() { Exact = true }).FillAsync("conf-41");
        await page.PressAsync("Open");
        await Expect(page.Tab.Locator("#manifest-name")).ToHaveTextAsync("Weekly 41");
        await page.Tab.GetByLabel("Conference id", new() { Exact = true }).FillAsync("conf-410");
        await page.PressAsync("Open");
        await Expect(page.Trouble).ToContainTextAsync("There is no manifest of that conference yet.");
    }

    private static Task UploadAsync(Pipeline pipeline, int from, int to) => Parallel.ForAsync(from, to, Cancellation, async (i, cancellationToken) =>
    {
        var (conferenceId, status, day) = ($"conf-{i:00}", i % 2 == 0 ? "recorded" : "notRecorded", $"2026-11-{1 + (i % 20):00}");
        await pipeline.Manifests.GetBlobClient($"{conferenceId}.json").UploadAsync(
            BinaryData.FromObjectAsJson(
                new { schemaVersion = 1, conferenceId, title = $"Weekly {i}", status, endedAt = $"{day}T08:00:00Z", recordings = (object[])[] }),
            new BlobUploadOptions { Tags = new Dictionary<string, string> { ["status"] = status, ["endedOn"] = day } },
            cancellationToken);
    });
}
