using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MeetingRecordings.Functions.Tests.Http;

public sealed partial class ConsoleTests
{
    [Fact]
    public async Task The_page_is_one_that_no_other_page_can_frame_and_that_tells_no_other_page_its_address()
    {
        var (response, _) = await GetAsync();

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal("no-referrer", response.Headers["Referrer-Policy"]);
        Assert.Equal("no-cache", response.Headers.CacheControl);
        Assert.Contains("frame-ancestors 'none'", $"{response.Headers.ContentSecurityPolicy}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_script_and_style_may_run_and_it_may_ask_the_app_and_nothing_else()
    {
        var (response, page) = await GetAsync();

        Assert.Equal(
            [
                "default-src 'none'", $"script-src '{HashOf(Script(), page)}'", $"style-src '{HashOf(Style(), page)}'", "img-src data:",
                "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
                "require-trusted-types-for 'script'", "trusted-types 'none'",
            ],
            $"{response.Headers.ContentSecurityPolicy}".Split("; "));
    }

    [Fact]
    public async Task It_names_no_other_origin_keeps_nothing_beyond_its_tab_and_makes_no_markup_of_text()
    {
        var (_, page) = await GetAsync();

        // SVG's namespace is a name, not an address.
        Assert.Equal(["http://www.w3.org/2000/svg"], Origin().Matches(page).Select(static match => match.Value));
        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|cookie|eval\(|\son\w+=|\sstyle=", page);
    }

    private static async Task<(HttpResponse Response, string Page)> GetAsync()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new GetConsole().Run(context.Request).ExecuteAsync(context);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static string HashOf(Regex element, string page)
        => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(element.Matches(page)).Groups[1].Value)))}";

    [GeneratedRegex(@"[a-z]*:?//[^\s'""]+")]
    private static partial Regex Origin();

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style[^>]*>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
