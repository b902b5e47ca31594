using Console.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Console.Tests;

/// <summary>The machine's own Chromium, without a window, for all tests. Without one they skip, unless <c>REQUIRE_BROWSER</c> is 1.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const float Patience = 20_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>A tab of a browser that nobody has used.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var (_, browser) = await _started.Value;
        return await browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && _started.Value.IsCompletedSuccessfully)
        {
            var (playwright, browser) = await _started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(
            path is null && Environment.GetEnvironmentVariable("REQUIRE_BROWSER") != "1",
            $"There is no browser on the PATH: {string.Join(", ", Names)}.");
        Assert.True(path is not null, $"REQUIRE_BROWSER is 1, and none is on the PATH: {string.Join(", ", Names)}.");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Timeout = Patience * 3 }));
    }
}
