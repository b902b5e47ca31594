using Azure.Messaging.ServiceBus;
using EndToEnd.Tests;
using EndToEnd.Tests.Recovery;
using MeetingRecordings.Functions.Failed;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_an_operator_works_on_what_has_failed(AzuriteFixture azurite, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        await Expect(page.Notice).ToHaveTextAsync("Done: 1 replayed.");
        await pipeline.ManifestAsync(conferences[0].Id);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Each_reason_stands_once_with_its_number_what_it_means_and_what_to_do_and_can_be_shown_alone()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(Pipeline.PoisonQueue,
        [
            FailedMessages.Poisoned("a", "retriesSpent", "systemError", "it broke"),
            FailedMessages.Poisoned("b", "quotaExhausted", "Forbidden.AccessDenied.ApiCountLimitForOrg"),
            FailedMessages.Poisoned("c", "retriesSpent", "systemError", "it broke"),
        ]);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        var groups = page.Tab.Locator("#group-rows tr");

        await Expect(groups).ToContainTextAsync(
        [
            $"2retriesSpentsystemError{FailureAdvice.Of("retriesSpent")}",
            $"1quotaExhaustedForbidden.AccessDenied.ApiCountLimitForOrg{FailureAdvice.Of("quotaExhausted")}",
        ]);
        await groups.Last.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Rows).ToHaveCountAsync(1);
        await Expect(page.Rows).ToContainTextAsync(["b"]);
        await page.Rows.GetByText("More").ClickAsync();
        await Expect(page.Rows.Locator("dl")).ToContainTextAsync("traces | where message has \"b\"");
        await page.Tab.GetByRole(AriaRole.Searchbox, new() { Name = "Reason or code begins with" }).FillAsync("nothing such");
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("Nothing lies here.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_dead_letter_is_dropped_with_a_reason_and_the_poisoned_message_of_the_same_number_is_not()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.PoisonedAsync(1);
        await pipeline.SendAsync(new ServiceBusMessage("no JSON") { MessageId = "garbage" });
        await pipeline.UntilDeadLetteredAsync(1);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToContainTextAsync(["systemError"]);

        await page.Tab.GetByRole(AriaRole.Tab, new() { Name = "Dead letters" }).ClickAsync();
        await Expect(page.Rows).ToContainTextAsync(["nobody can read it"]);
        await Expect(page.Tab.Locator("#group-rows")).ToContainTextAsync(FailureAdvice.Of("malformed")!);
        await page.Rows.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Drop");
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
        await page.Tab.GetByLabel("Drop the selected for good, because").FillAsync("a test message");
        await page.PressAsync("Drop");

        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync("dropped");
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.Queue).DeadLettered);
        Assert.Equal(1, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_message_that_cannot_be_replayed_says_so_beside_those_that_can()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(
            Pipeline.PoisonQueue, [FailedMessages.Poisoned("a", "retriesSpent"), new ServiceBusMessage("no JSON")]);
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await page.GoToAsync("Given up");
        await page.Tab.GetByLabel("Select all shown").CheckAsync();

        await page.PressAsync("Try a replay");

        await Expect(page.Rows.Locator(".answer")).ToHaveTextAsync(
            ["wouldReplay", "unreadable: Its body is no conference message. It can only be dropped."]);
        await Expect(page.Notice).ToHaveTextAsync("Tried: 1 wouldReplay, 1 unreadable. Nothing has changed yet: press Replay.");
    }

    [Fact]
    public async Task All_of_many_are_replayed_and_each_has_its_answer()
    {
        const int Count = 230;
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(
            Pipeline.PoisonQueue, Enumerable.Range(0, Count).Select(static i => FailedMessages.Poisoned($"many-{i}", "retriesSpent")));
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        var sent = new List<string?>();
        page.Tab.Request += (_, request) => sent.Add(request.PostData);
        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToHaveCountAsync(100);

        await page.Tab.GetByLabel("All poisoned").CheckAsync();
        await page.PressAsync("Try a replay");
        await Expect(page.Notice).ToHaveTextAsync("Tried: 230 wouldReplay. Nothing has changed yet: press Replay.");
        Assert.Equal(Count, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        sent.Clear();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();

        await Expect(page.Notice).ToHaveTextAsync("Done: 230 replayed.");
        Assert.Equal(3, sent.Count(static body => body is not null));
        await page.Tab.GetByText("Every answer (230)").ClickAsync();
        await Expect(page.Tab.Locator("#answers-text")).ToContainTextAsync("many-229 replayed");
        Assert.Equal(0, pipeline.ServiceBus.CountsOf(Pipeline.PoisonQueue).Active);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Work_on_many_tells_how_far_it_is_lets_other_views_be_seen_and_can_be_stopped()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(
            Pipeline.PoisonQueue, Enumerable.Range(0, 3).Select(static i => FailedMessages.Poisoned($"many-{i}", "retriesSpent")));
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        // What the app answers is another test's; this one is of the time until then. The browser's own interception has been seen to stall.
        await page.Tab.EvaluateAsync(
            """
            () => {
              const real = window.fetch;
              window.asked = 0;
              window.held = [];
              window.fetch = (path, options) => options?.method !== 'DELETE'
                ? real(path, options)
                : new Promise(answer => { window.asked++; window.held.push(() => answer(new Response(null, { status: 204 }))); });
            }
            """);
        await page.GoToAsync("Given up");
        await page.Tab.GetByLabel("Select all shown").CheckAsync();
        await page.Tab.GetByLabel("Drop the selected for good, because").FillAsync("a test");
        await page.PressAsync("Drop");
        await AnswerAsync(page);

        await Expect(page.Tab.Locator("#work")).ToContainTextAsync("Dropped 1 of 3");
        await page.GoToAsync("Overview");
        await Expect(page.Figure("Poisoned")).ToBeVisibleAsync();
        await page.PressAsync("Stop");
        await AnswerAsync(page);

        await Expect(page.Notice).ToHaveTextAsync("Stopped: 2 dropped.");
        Assert.Equal(2, await page.Tab.EvaluateAsync<int>("() => window.asked"));

        static async Task AnswerAsync(OperatorsPage page)
        {
            await page.Tab.WaitForFunctionAsync("() => window.held.length > 0");
            await page.Tab.EvaluateAsync("() => window.held.shift()()");
        }
    }

    [Fact]
    public async Task Ten_thousand_messages_are_counted_and_shown_a_part_at_a_time()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.SendAsync(
            Pipeline.PoisonQueue, Enumerable.Range(0, 10_001).Select(static i => FailedMessages.Poisoned($"many-{i}", "retriesSpent", "systemError")));
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("10,000+");
        await page.Tab.EvaluateAsync(
            """
            () => {
              let last = performance.now();
              window.longest = 0;
              const frame = now => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }
            """);

        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToHaveCountAsync(100);
        await Expect(page.Tab.Locator("#failed-count")).ToHaveTextAsync("1,000 messages there, and more follow, the oldest first");
        await page.PressAsync("Show more");
        await Expect(page.Rows).ToHaveCountAsync(200);
        await page.PressAsync("Next page");
        await Expect(page.Rows.First).ToContainTextAsync("many-1000");

        Assert.InRange(await page.Tab.EvaluateAsync<int>("document.querySelectorAll('*').length"), 100, 4000);
        Assert.InRange(await page.Tab.EvaluateAsync<double>("window.longest"), 0, 1500);
        Assert.Empty(page.Complaints);
    }
}
