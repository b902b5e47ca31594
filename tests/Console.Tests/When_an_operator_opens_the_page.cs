using DingTalkSimulator.Faults;
using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_an_operator_opens_the_page(AzuriteFixture azurite, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_it_asks_for_one_and_asks_the_app_for_nothing()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null);
        var asked = new List<string>();
        page.Tab.Request += (_, request) => asked.Add(request.Url);

        await page.GoToAsync("Given up");

        await Expect(page.Tab.GetByLabel("Operator's key")).ToBeVisibleAsync();
        await Expect(page.Tab.Locator("#failed-view")).ToBeHiddenAsync();
        Assert.Empty(asked);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_key_that_opens_nothing_is_forgotten_and_asked_for_again()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null);

        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Sender);
        await page.PressAsync("Open");

        await Expect(page.Notice).ToContainTextAsync("The key opens nothing here.");
        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Operator);
        await page.PressAsync("Open");
        await Expect(page.Tab.Locator("#figures")).ToContainTextAsync("Poisoned");
        await Expect(page.Notice).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_key_of_a_link_leaves_the_address_and_is_kept_for_this_tab_alone()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await Expect(page.Tab.Locator("#figures")).ToContainTextAsync("Poisoned");
        await Expect(page.Tab).ToHaveURLAsync($"{OperatorsPage.Address(pipeline)}#overview");
        var other = await page.Tab.Context.NewPageAsync();
        await other.GotoAsync($"{OperatorsPage.Address(pipeline)}");
        await Expect(other.GetByLabel("Operator's key")).ToBeVisibleAsync();
        Assert.Empty(await page.Tab.Context.CookiesAsync());

        await page.PressAsync("Forget the key");
        await Expect(page.Tab.GetByLabel("Operator's key")).ToBeVisibleAsync();
        await page.Tab.ReloadAsync();
        await Expect(page.Tab.GetByLabel("Operator's key")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_overview_shows_what_lies_where_and_what_works()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(2);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        var poisoned = page.Tab.Locator("#figures li").Filter(new() { HasText = "Poisoned" });
        await Expect(poisoned.Locator(".figure")).ToHaveTextAsync("2");
        await Expect(poisoned).ToContainTextAsync("oldest:");
        await Expect(page.Tab.Locator("#checks li")).ToHaveTextAsync([Works("queue"), Works("poisonQueue"), Works("blob"), Works("token")]);
        Assert.Empty(page.Complaints);

        static System.Text.RegularExpressions.Regex Works(string name) => new($"^{name} works [0-9,]+ ms$");
    }

    [Fact]
    public async Task What_has_failed_is_tried_before_it_is_replayed()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(2);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToHaveCountAsync(2);
        await Expect(page.Rows.First).ToContainTextAsync("systemError");
        var replay = page.Tab.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true });

        await page.Rows.First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(replay).ToBeDisabledAsync();
        await page.PressAsync("Try a replay");
        await Expect(page.Rows.First.Locator(".answer")).ToHaveTextAsync("wouldReplay");
        Assert.Equal(2, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);

        await page.Rows.Last.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(replay).ToBeDisabledAsync();
        await page.Rows.Last.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await replay.ClickAsync();

        await Expect(page.Rows.First.Locator(".answer")).ToHaveTextAsync("replayed");
        await pipeline.ManifestAsync(conferences[0].Id);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_dead_letter_is_dropped_with_a_reason_and_the_poisoned_message_of_the_same_number_is_not()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(1);
        await pipeline.SendAsync(new Azure.Messaging.ServiceBus.ServiceBusMessage("no JSON") { MessageId = "garbage" });
        await pipeline.UntilDeadLetteredAsync(1);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToContainTextAsync(["systemError"]);

        await page.Tab.GetByLabel("Where").SelectOptionAsync("deadletter");
        await Expect(page.Rows).ToContainTextAsync(["nobody can read it"]);
        await page.Rows.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Drop");
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
        await page.Tab.GetByLabel("Drop for good, because").FillAsync("a test message");
        await page.PressAsync("Drop");

        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("dropped");
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_meeting_is_reported_and_its_manifest_is_found_and_shown()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Report a meeting");
        await page.Tab.GetByLabel("Conference ids, one a line").FillAsync($"{conference.Id}\na/b");
        await page.PressAsync("Report");
        await Expect(page.Tab.Locator("#report-answers li").First).ToHaveTextAsync($"{conference.Id}: accepted");
        await Expect(page.Tab.Locator("#report-answers li").Last).ToContainTextAsync("a/b: conferenceId");
        await pipeline.ManifestAsync(conference.Id);

        await page.GoToAsync("Manifests");
        var row = page.Tab.Locator("#manifest-rows tr");
        await Expect(row).ToContainTextAsync([conference.Id]);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Tab.Locator("#manifest-json")).ToContainTextAsync("\"schemaVersion\"");
        await page.Tab.GetByLabel("Text on this page").FillAsync("no such thing");
        await page.PressAsync("Show");

        await Expect(page.Tab.Locator("#manifest-count")).ToHaveTextAsync("No manifest is like that.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Markup_of_DingTalks_is_shown_as_text()
    {
        const string Code = "systemError<img src=x onerror=alert(1)>";
        const string Message = "<script>alert(2)</script><b id=injected>bold</b>";
        const string Title = "<img id=injected src=x onerror=alert(3)>\u202Egnp";
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.ApiError(500, Code, Message), int.MaxValue);
        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();
        await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await pipeline.Manifests.UploadBlobAsync(
            "hostile.json",
            BinaryData.FromObjectAsJson(new { conferenceId = "hostile", title = Title, status = Title, endedAt = "<b id=injected>never</b>" }),
            Cancellation);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToContainTextAsync([Code]);
        await Expect(page.Rows).ToContainTextAsync([Message]);
        await page.GoToAsync("Manifests");
        var row = page.Tab.Locator("#manifest-rows tr");
        await Expect(row).ToContainTextAsync([Title.Replace('\u202E', '\uFFFD')]);
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Tab.Locator("#manifest-name")).ToHaveTextAsync(Title.Replace('\u202E', '\uFFFD'));

        await Expect(page.Tab.Locator("img, #injected")).ToHaveCountAsync(0);
        await Expect(page.Tab.Locator("script")).ToHaveCountAsync(1);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_app_that_is_away_is_told_and_shown_again_once_it_is_back()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");

        await page.Tab.Context.SetOfflineAsync(true);
        await page.PressAsync("Show");
        await Expect(page.Notice).ToContainTextAsync("The app does not answer.");

        await page.Tab.Context.SetOfflineAsync(false);
        await page.PressAsync("Show");
        await Expect(page.Notice).ToBeEmptyAsync();
    }
}
