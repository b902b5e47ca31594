using EndToEnd.Tests;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_an_operator_reports_meetings(AzuriteFixture azurite, Browser browser)
{
    [Fact]
    public async Task Many_ids_can_be_pasted_and_each_has_its_answer()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Report a meeting");

        // A line twice, one that is no id, and one that is longer than any.
        var ids = Enumerable.Range(0, 250).Select(static i => $"report-{i}").Concat(["report-0", "a/b", new string('x', 10_000)]);
        await page.Tab.GetByLabel("Conference ids, one a line").FillAsync(string.Join("\n", ids));
        await page.PressAsync("Report");

        var answers = page.Tab.Locator("#report-answers li");
        await Expect(page.Notice).ToHaveTextAsync("250 of 252 accepted.");
        await Expect(answers).ToHaveCountAsync(252);
        await Expect(answers.Nth(249)).ToHaveTextAsync("report-249: accepted");
        await Expect(answers.Nth(250)).ToContainTextAsync("a/b: conferenceId");
        await Expect(answers.Nth(251)).ToContainTextAsync("x…");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Ids_that_are_all_refused_say_why()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Report a meeting");
        await page.Tab.GetByLabel("Conference ids, one a line").FillAsync("a/b c/d");

        await page.PressAsync("Report");

        await Expect(page.Notice).ToHaveTextAsync("0 of 2 accepted.");
        await Expect(page.Tab.Locator("#report-answers li").First).ToContainTextAsync("a/b: ");
        await Expect(page.Tab.Locator("#report-answers li").First).Not.ToContainTextAsync("The app answered");
    }
}
