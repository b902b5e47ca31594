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

    public Task GoToAsync(string view) => Tab.GetByRole(AriaRole.Link, new() { Name = view, Exact = true }).ClickAsync();

    public Task PressAsync(string button) => Tab.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(string complaint)
    {
        lock (_complaints)
        {
            _complaints.Add(complaint);
        }
    }
}
