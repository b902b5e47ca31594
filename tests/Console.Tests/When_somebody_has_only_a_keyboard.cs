using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_somebody_has_only_a_keyboard(AzuriteFixture azurite, Browser browser)
{
    [Fact]
    public async Task What_has_failed_is_found_tried_and_replayed()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(1);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, key: null);
        var (tab, keyboard) = (page.Tab, page.Tab.Keyboard);

        // The field for the key has the focus.
        await keyboard.TypeAsync(pipeline.Keys.Operator);
        await keyboard.PressAsync("Enter");
        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
        await page.TabToAsync(tab.GetByRole(AriaRole.Link, new() { Name = "Look at the poison queue" }));
        await keyboard.PressAsync("Enter");
        await Expect(page.Rows).ToHaveCountAsync(1);

        await page.TabToAsync(tab.GetByRole(AriaRole.Tab, new() { Name = "Poison queue" }));
        await keyboard.PressAsync("ArrowRight");
        await Expect(tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");
        await Expect(tab.GetByRole(AriaRole.Tab, new() { Name = "Dead letters" })).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowLeft");
        await Expect(page.Rows).ToHaveCountAsync(1);

        await page.TabToAsync(tab.GetByLabel("Select all shown"));
        await keyboard.PressAsync("Space");
        await page.TabToAsync(tab.GetByRole(AriaRole.Button, new() { Name = "Try a replay" }));
        await keyboard.PressAsync("Enter");
        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("wouldReplay");
        await page.TabToAsync(tab.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }));
        await keyboard.PressAsync("Enter");

        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("replayed");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true })).ToBeFocusedAsync();
    }
}
