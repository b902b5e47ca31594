using System.Net.Http.Headers;
using System.Text.Json;

namespace EndToEnd.Tests.Requests;

/// <summary>Every call of requests.http, made as an editor's REST client makes it.</summary>
public sealed class RequestsFileTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_is_answered_as_its_title_says_and_every_function_has_one()
    {
        await using var pipeline = await Pipeline.StartAsync(azurite);
        using var http = new HttpClient();
        var key = pipeline.Http.DefaultRequestHeaders.GetValues("x-functions-key").Single();
        var operators = pipeline.Operator.DefaultRequestHeaders.GetValues("x-functions-key").Single();
        var titles = new List<string>();
        foreach (var call in (await ReadFileAsync()).Split("### ").Skip(1))
        {
            var text = call
                .Replace("{{app}}", pipeline.Http.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal)
                .Replace("{{dingtalk}}", pipeline.DingTalk.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal)
                .Replace("{{key}}", key, StringComparison.Ordinal)
                .Replace("{{operator}}", operators, StringComparison.Ordinal);
            var (title, request) = Parse(text);

            using var answer = await http.SendAsync(request, Token);

            int[] expected = title.EndsWith("is refused.", StringComparison.Ordinal) ? [403]
                : title.EndsWith("is not found.", StringComparison.Ordinal) ? [404]
                : title.EndsWith("is rejected", StringComparison.Ordinal) ? [207]
                : title.StartsWith("MeetingsEnded", StringComparison.Ordinal) ? [202]
                : [200, 201];
            Assert.True(expected.Contains((int)answer.StatusCode), $"{title}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
            titles.Add(title);
        }

        using var document = JsonDocument.Parse(await pipeline.Http.GetStringAsync(new Uri("openapi.json", UriKind.Relative), Token));
        var functions = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject())
            .Select(static operation => operation.Value.GetProperty("operationId").GetString()!);
        Assert.All(functions, function => Assert.Contains(titles, title => title.StartsWith(function, StringComparison.Ordinal)));
    }

    private static (string Title, HttpRequestMessage Request) Parse(string call)
    {
        var parts = call.ReplaceLineEndings("\n").Split("\n\n", 2);
        var lines = parts[0].Split('\n');
        var verb = lines[1].Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(verb[0]), verb[1]) { Content = parts is [_, var body] ? new StringContent(body.Trim()) : null };
        foreach (var header in lines[2..].Select(static line => line.Split(": ", 2)).Where(static header => header.Length == 2))
        {
            if (header[0] == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(header[1]);
            }
            else
            {
                request.Headers.Add(header[0], header[1]);
            }
        }

        return (lines[0].Trim(), request);
    }

    private static Task<string> ReadFileAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllTextAsync(Path.Combine(folder!.FullName, "requests.http"), Token);
    }
}
