using Azure.Messaging.ServiceBus;
using DingTalkSimulator.Faults;
using EndToEnd.Tests;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

public sealed class When_texts_are_hostile(AzuriteFixture azurite, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A title, and what is shown of it in a list.
    private static readonly (string Title, string Shown)[] Titles =
    [
        ("<img id=injected src=x onerror=alert(3)>", "<img id=injected src=x onerror=alert(3)>"),
        ("</script><script id=injected>alert(4)</script>", "</script><script id=injected>alert(4)</script>"),
        ("\u202Egnp.exe\u2066\u200F", "\uFFFDgnp.exe\uFFFD\uFFFD"),
        ("bell\u0007 null\u0000 escape\u001b[31m line\u2028end", "bell\uFFFD null\uFFFD escape\uFFFD[31m line\uFFFDend"),
        ("اجتماع الفريق", "اجتماع الفريق"),
        ("会议 👩‍💻", "会议 👩‍💻"),
        (new string('w', 10_240), $"{new string('w', 160)}…"),
        ("__proto__", "__proto__"),
    ];

    [Fact]
    public async Task Titles_are_shown_as_text_and_break_no_layout()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        foreach (var (i, (title, _)) in Titles.Index())
        {
            await pipeline.Manifests.UploadBlobAsync(
                $"hostile-{i}.json",
                BinaryData.FromObjectAsJson(
                    new { schemaVersion = 1, conferenceId = $"hostile-{i}", title, status = "notRecorded", recordings = (object[])[] }),
                Cancellation);
        }

        await using var page = await OperatorsPage.OpenAsync(
            browser, pipeline, pipeline.Keys.Operator, new() { ViewportSize = new() { Width = 390, Height = 800 } });

        await page.GoToAsync("Manifests");
        await Expect(page.Tab.Locator("#manifest-rows button")).ToHaveTextAsync(Titles.Select(static title => title.Shown).ToArray());
        for (var i = 0; i < Titles.Length; i++)
        {
            await page.Tab.Locator("#manifest-rows button").Nth(i).ClickAsync();
            await Expect(page.Tab.Locator("#manifest-name")).ToHaveTextAsync(Titles[i].Shown);
            Assert.Equal(390, await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await Expect(page.Tab.Locator("img, #injected")).ToHaveCountAsync(0);
        await Expect(page.Tab.Locator("script")).ToHaveCountAsync(1);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_DingTalk_says_of_a_failure_is_shown_as_text()
    {
        const string Code = "systemError<img src=x onerror=alert(1)>";
        const string Message = "<script>alert(2)</script><b id=injected>bold</b>";
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var conference = pipeline.DingTalk.Tenant.AddConference();
        conference.Script.Add(new ScriptedAnswer.ApiError(500, Code, Message), int.MaxValue);
        await pipeline.PushEndedAsync(conference);
        await pipeline.DrainAsync();
        await using var page = await OperatorsPage.OpenAsync(browser, pipeline, pipeline.Keys.Operator);

        await page.GoToAsync("Given up");

        await Expect(page.Rows).ToContainTextAsync([Code]);
        await Expect(page.Rows).ToContainTextAsync([Message]);
        await Expect(page.Tab.Locator("img, #injected")).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_message_of_a_strangers_making_breaks_neither_list_nor_layout()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        var long10k = new string('z', 10_240);
        await pipeline.SendAsync(
            Pipeline.PoisonQueue,
            [FailedMessages.Poisoned(new string('c', 128), long10k, long10k, long10k), new ServiceBusMessage("\"><b id=injected>")]);
        await using var page = await OperatorsPage.OpenAsync(
            browser, pipeline, pipeline.Keys.Operator, new() { ViewportSize = new() { Width = 390, Height = 800 } });

        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToHaveCountAsync(2);
        await page.Rows.Last.GetByText("More").ClickAsync();
        await page.Rows.First.GetByText("More").ClickAsync();

        await Expect(page.Rows.Last.Locator("dl")).ToContainTextAsync("\"><b id=injected>");
        Assert.Equal(390, await page.Tab.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(page.Tab.Locator("#injected")).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }
}
