using Deque.AxeCore.Playwright;
using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_somebody_cannot_see_well(AzuriteFixture azurite, Browser browser)
{
    private static readonly string[] Views = ["Overview", "Manifests", "Given up", "Report a meeting"];

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_view_can_be_read_in_both_themes_on_a_desk_and_on_a_phone(ColorScheme theme, int width)
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(1);
        var recorded = pipeline.DingTalk.Tenant.AddConference();
        await pipeline.PushEndedAsync(recorded);
        await pipeline.ManifestAsync(recorded.Id);
        // What measures the page is a script that its policy would not let run.
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator, new()
        {
            BypassCSP = true,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = 900 },
        });

        foreach (var view in Views)
        {
            await page.GoToAsync(view);
            await Expect(page.Tab.Locator("main")).Not.ToHaveAttributeAsync("aria-busy", "true");
            var found = await page.Tab.RunAxe();
            Assert.Empty(found.Violations.Select(violation => $"{view}: {violation.Id} {violation.Nodes[0].Html}"));
            var needed = await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(needed == width, $"{view} is {needed} wide on a screen of {width}.");
        }
    }
}
