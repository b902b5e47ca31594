using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_the_app_is_away(AzuriteFixture azurite, Browser browser)
{
    private static readonly (string Name, string Value) SameKey = ("FunctionKeys__Operator", "an-operators-key-that-stays");

    [Fact]
    public async Task The_overview_says_so_keeps_what_it_had_and_goes_on_by_itself_once_the_app_is_back()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, SameKey);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("0");

        await pipeline.StopHostAsync();
        await Expect(page.Trouble).ToContainTextAsync("The app does not answer.");
        await Expect(page.Trouble).ToContainTextAsync("What you see is of ");
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("0");
        await pipeline.SendAsync(Pipeline.PoisonQueue, [FailedMessages.Poisoned("a", "retriesSpent")]);
        await pipeline.StartHostAsync();

        await Expect(page.Trouble).ToBeHiddenAsync();
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task A_list_says_so_and_is_asked_for_again_with_a_button()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, SameKey);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");

        await pipeline.StopHostAsync();
        await page.PressAsync("Show");
        await Expect(page.Trouble).ToContainTextAsync("The app does not answer.");
        await pipeline.StartHostAsync();
        await page.PressAsync("Try again");

        await Expect(page.Trouble).ToBeHiddenAsync();
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");
    }

    [Fact]
    public async Task A_key_that_is_revoked_midway_shows_nothing_more_and_another_goes_on()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conferences = await pipeline.PoisonedAsync(1);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await page.Rows.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Try a replay");
        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("wouldReplay");

        await pipeline.StopHostAsync();
        await pipeline.StartHostAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();

        await Expect(page.Trouble).ToContainTextAsync("It may have been revoked");
        await Expect(page.Notice).ToHaveTextAsync("It ended there: Replayed 0 of 1 …");
        await Expect(page.Rows).ToHaveCountAsync(0);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        await page.Tab.GetByLabel("Operator's key").FillAsync(pipeline.Keys.Operator);
        await page.PressAsync("Open");
        await Expect(page.Rows).ToContainTextAsync([conferences[0].Id]);
    }

    [Fact]
    public async Task A_device_that_is_offline_is_told_apart_from_an_app_that_is_away()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Manifests");
        await Expect(page.Tab.Locator("#manifest-count")).ToHaveTextAsync("No manifest is like that.");

        await page.Tab.Context.SetOfflineAsync(true);
        await Expect(page.Trouble).ToContainTextAsync("This device is offline.");
        await page.Tab.Context.SetOfflineAsync(false);

        await Expect(page.Trouble).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_answer_that_takes_long_is_seen_to_be_waited_for_and_one_that_comes_too_late_is_not_shown()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(1);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        using var held = new SemaphoreSlim(0);
        await page.Tab.RouteAsync("**/api/poison?source=poison*", async route =>
        {
            await held.WaitAsync(TestContext.Current.CancellationToken);
            await route.ContinueAsync();
        });

        await page.GoToAsync("Given up");
        await Expect(page.Notice).ToHaveTextAsync("Loading …");
        await page.Tab.GetByRole(AriaRole.Tab, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");
        held.Release();
        await page.PressAsync("Show");

        await Expect(page.Notice).ToBeEmptyAsync();
        await Expect(page.Rows).ToHaveCountAsync(0);
    }
}
