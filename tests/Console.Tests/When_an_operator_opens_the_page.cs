using System.Net;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
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

        await Expect(page.Trouble).ToContainTextAsync("The key opens nothing here.");
        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Operator);
        await page.PressAsync("Open");
        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
        await Expect(page.Trouble).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_key_of_a_link_leaves_the_address_and_is_kept_for_this_tab_alone()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
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
    public async Task LocalHosts_root_leads_to_the_page_with_the_key_where_it_is_asked_for_under_this_machines_own_name()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null);
        var root = new Uri(pipeline.Http.BaseAddress!, "/");

        await page.Tab.GotoAsync($"{root}");

        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, root) { Headers = { Host = "rebound.example" } };
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, "/api/console"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Where_nothing_is_wrong_it_says_so_and_what_the_app_has_done()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var recorded = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(recorded);
        await pipeline.ManifestAsync(recorded.Id);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await Expect(page.Tab.Locator("#verdict")).ToContainTextAsync("All is well");
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("0");
        await Expect(page.Figure("Notifications accepted").Locator(".figure")).ToHaveTextAsync("1");
        await Expect(page.Figure("Recorded").Locator(".figure")).ToHaveTextAsync("1");
        await Expect(page.Figure("Recorded")).ToContainTextAsync("meetings that ended since");
        await Expect(page.Tab.Locator("#checks li")).ToHaveTextAsync(
            [Works("Conference queue"), Works("Poison queue"), Works("Manifests in Blob Storage"), Works("DingTalk's access token")]);
        await Expect(page.Figure("DingTalk's calls")).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);

        static Regex Works(string name) => new($"^{name}✓ works [0-9,]+ ms$");
    }

    [Fact]
    public async Task What_is_wrong_stands_first_and_leads_to_where_it_can_be_mended()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await Expect(page.Tab.Locator("#verdict")).ToContainTextAsync("All is well");

        await pipeline.PoisonedAsync(2);
        await pipeline.SendAsync(new ServiceBusMessage("no JSON"));

        // Nobody touches the page: it asks again by itself.
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("2");
        await Expect(page.Figure("Poisoned")).ToContainTextAsync("oldest:");
        await Expect(page.Tab.Locator("#given-up")).ToHaveTextAsync("3");
        await Expect(page.Tab).ToHaveTitleAsync("(3) Meeting Recordings");
        var drawn = await page.Figure("Poisoned").Locator("polyline").GetAttributeAsync("points");
        Assert.NotEqual(1, drawn!.Split(' ').Select(static point => point.Split(',')[1]).Distinct().Count());
        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Look at the dead letters" }).ClickAsync();
        await Expect(page.Rows).ToContainTextAsync(["nobody can read it"]);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_does_not_work_is_shown_though_nothing_can_be_counted()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null);
        await page.Tab.RouteAsync("**/api/overview", static route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"detail":"Service Bus does not answer: ServiceCommunicationProblem."}""",
        }));

        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Operator);
        await page.PressAsync("Open");

        await Expect(page.Trouble).ToContainTextAsync("Service Bus does not answer: ServiceCommunicationProblem.");
        await Expect(page.Tab.Locator("#checks li")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task DingTalks_calls_are_shown_where_they_have_a_budget()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("DingTalk__CallsPerMonth", "5000"));
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await Expect(page.Figure("DingTalk's calls")).ToContainTextAsync("of 5,000 this month");
        await Expect(page.Figure("DingTalk's budget")).ToContainTextAsync("of 5000 calls of this month are used.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Nothing_but_the_pages_own_script_runs()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);

        await page.Tab.EvaluateAsync(
            "() => { const image = document.createElement('img'); image.src = 'https://example.invalid/x.png'; document.body.append(image); }");
        await page.Tab.EvaluateAsync("() => document.body.setAttribute('style', 'color: red')");

        Assert.Equal(2, page.Complaints.Count(static complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<PlaywrightException>(() => page.Tab.EvaluateAsync("() => { document.body.innerHTML = '<b>bold</b>'; }"));
    }
}
