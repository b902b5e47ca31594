using EndToEnd.Tests;
using Microsoft.Playwright;

namespace Console.Tests;

/// <summary>The page in a tab. It notes what the browser complains of.</summary>
internal sealed class OperatorsPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private OperatorsPage(IBrowserContext context, IPage tab)
    {
        (_context, Tab) = (context, tab);
        tab.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Note(message.Text);
            }
        };
        tab.PageError += (_, error) => Note(error);
        tab.Dialog += async (_, dialog) =>
        {
            Note(dialog.Message);
            await dialog.DismissAsync();
        };
    }

    public IPage Tab { get; }

    public ILocator Notice => Tab.Locator("#notice");

    /// <summary>What stands in the way, where something does.</summary>
    public ILocator Trouble => Tab.Locator("#trouble");

    public ILocator Rows => Tab.Locator("#failed-rows tr");

    /// <summary>What the browser complained of, and what a dialog said.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Opens the page as its link does that LocalHost prints, or without a key.</summary>
    public static async Task<OperatorsPage> OpenAsync(
        Browser browser, Pipeline pipeline, string? key, BrowserNewContextOptions? options = null)
    {
        var context = await browser.OpenAsync(options);
        var page = new OperatorsPage(context, await context.NewPageAsync());
        await page.Tab.GotoAsync($"{Address(pipeline)}{(key is null ? "" : $"#key={key}")}");
        return page;
    }

    public static Uri Address(Pipeline pipeline) => new(pipeline.Http.BaseAddress!, "console");

    public Task GoToAsync(string view) => Tab.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = view }).ClickAsync();

    public Task PressAsync(string button) => Tab.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>A figure of the overview, by its name.</summary>
    public ILocator Figure(string name) => Tab.Locator("li.card").Filter(new() { Has = Tab.GetByText(name, new() { Exact = true }) });

    /// <summary>Presses the tab key until something has the focus.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        for (var i = 0; i < 60; i++)
        {
            await Tab.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"The tab key does not lead to {wanted}.");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(string complaint)
    {
        lock (_complaints)
        {
            _complaints.Add(complaint);
        }
    }
}
