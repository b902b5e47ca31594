using Azure.Messaging.ServiceBus;
using Deque.AxeCore.Commons;
using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_somebody_cannot_see_well(AzuriteFixture azurite, Browser browser)
{
    private const string Everything = "{ resultTypes: ['violations'] }";

    // A theme changes colours and nothing else.
    private const string Colours = "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }";

    [Fact]
    public async Task Every_view_and_state_can_be_read_in_both_themes_on_a_desk_and_on_a_phone()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        // What measures the page is a script that its policy would not let run.
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null, new() { BypassCSP = true });
        await page.Tab.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        await CheckAsync("no key");
        await page.Tab.GetByLabel("Operator's key").FillAsync("wrong");
        await page.PressAsync("Open");
        await Expect(page.Trouble).ToBeVisibleAsync();
        await CheckAsync("wrong key");
        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Operator);
        await page.PressAsync("Open");
        await Expect(page.Tab.Locator("#verdict")).ToContainTextAsync("All is well");
        await CheckAsync("overview, all well");

        var recorded = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(recorded);
        await pipeline.ManifestAsync(recorded.Id);
        await pipeline.PoisonedAsync(1);
        await pipeline.SendAsync(new ServiceBusMessage("no JSON"));
        await Expect(page.Tab.Locator("#given-up")).ToHaveTextAsync("2");
        await CheckAsync("overview");

        await page.GoToAsync("Given up");
        await page.Tab.GetByLabel("Select all shown").CheckAsync();
        await page.PressAsync("Try a replay");
        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("wouldReplay");
        await page.Rows.GetByText("More").ClickAsync();
        await page.Tab.GetByText("Every answer").ClickAsync();
        await CheckAsync("given up");
        await page.Tab.GetByRole(AriaRole.Tab, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(page.Rows).ToContainTextAsync(["malformed"]);
        await CheckAsync("dead letters");

        await page.GoToAsync("Manifests");
        await page.Tab.Locator("#manifest-rows button").ClickAsync();
        await Expect(page.Tab.Locator("#manifest-card")).ToBeVisibleAsync();
        await CheckAsync("manifests");

        await page.GoToAsync("Report a meeting");
        await page.Tab.GetByLabel("Conference ids, one a line").FillAsync("conf-1 a/b");
        await page.PressAsync("Report");
        await Expect(page.Notice).ToHaveTextAsync("1 of 2 accepted.");
        await CheckAsync("report");

        async Task CheckAsync(string state)
        {
            await Expect(page.Tab.Locator("main")).Not.ToHaveAttributeAsync("aria-busy", "true");
            foreach (var width in (int[])[1440, 390])
            {
                await page.Tab.SetViewportSizeAsync(width, 900);
                var needed = await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth");
                Assert.True(needed == width, $"{state} is {needed} wide on a screen of {width}.");
                await AssertReadableAsync(state, width, ColorScheme.Light, Everything);
                await AssertReadableAsync(state, width, ColorScheme.Dark, Colours);
            }
        }

        async Task AssertReadableAsync(string state, int width, ColorScheme theme, string rules)
        {
            await page.Tab.EmulateMediaAsync(new() { ColorScheme = theme });
            Assert.Empty((await page.Tab.EvaluateAsync<string[]>(
                $"async () => (await axe.run({rules})).violations.map(violation => `${{violation.id}}: ${{violation.nodes[0].html}}`)"))
                .Select(violation => $"{state}, {theme}, {width}: {violation}"));
        }
    }
}
