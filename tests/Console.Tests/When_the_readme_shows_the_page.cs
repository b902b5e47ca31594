using Azure.Storage.Blobs.Models;
using EndToEnd.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Console.Tests;

/// <summary>Makes the pictures of the README. They are kept where the variable <c>PICTURES</c> names a folder (docs/testing.md).</summary>
public sealed class When_the_readme_shows_the_page(AzuriteFixture azurite, Browser browser)
{
    private const int MaxBytes = 150_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_pictures_are_those_of_a_night_on_which_DingTalk_failed()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite, ("Recovery__FirstLookAfter", "00:10:00"));
        for (var i = 0; i < 12; i++)
        {
            await pipeline.PushEndedAsync(pipeline.DingTalk.Tenant.AddConference());
        }

        await pipeline.Manifests.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        for (var i = 0; i < 17; i++)
        {
            var tags = new Dictionary<string, string> { ["status"] = i < 11 ? "recorded" : "notRecorded", ["endedOn"] = $"{DateTimeOffset.UtcNow:yyyy-MM-dd}" };
            await pipeline.Manifests.GetBlobClient($"conf-{i}.json").UploadAsync(
                BinaryData.FromString("{}"), new BlobUploadOptions { Tags = tags }, Cancellation);
        }

        await pipeline.SendAsync(
            Pipeline.PoisonQueue,
            Enumerable.Range(0, 5).Select(i => FailedMessages.Poisoned(
                pipeline.DingTalk.Tenant.AddConference().Id, "retriesSpent", "systemError", "system error, please try again"))
                .Append(FailedMessages.Poisoned(pipeline.DingTalk.Tenant.AddConference().Id, "recordingMissing")));
        await using var page = await OperatorsPage.OpenAsync(
            browser, pipeline, pipeline.Keys.Operator, new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1200, Height = 800 } });
        await Expect(page.Figure("Poisoned").Locator(".figure")).ToHaveTextAsync("6");
        await KeepAsync(page, "overview");

        await page.GoToAsync("Given up");
        await Expect(page.Rows).ToHaveCountAsync(6);
        await page.Rows.First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Rows.Nth(1).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Try a replay");
        await Expect(page.Rows.First.Locator(".answer")).ToHaveTextAsync("wouldReplay");
        await KeepAsync(page, "given-up");
    }

    private static async Task KeepAsync(OperatorsPage page, string name)
    {
        await page.Tab.EvaluateAsync("() => { scrollTo(0, 0); document.activeElement.blur(); }");
        var picture = await page.Tab.ScreenshotAsync();
        Assert.InRange(picture.Length, 10_000, MaxBytes);
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), picture, Cancellation);
        }
    }
}
