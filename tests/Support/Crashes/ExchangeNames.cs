using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ServiceBusEmulator;

namespace Support.Crashes;

/// <summary>Names exchanges by what they are, without ids, so that a new kind of exchange has a new name.</summary>
public static partial class ExchangeNames
{
    private const string StateContainer = "dingtalk-state";

    /// <summary>
    /// Names an exchange with a queue: <c>conferences: complete</c>. A send has a name for each kind of message in it, by what began its
    /// lineage: <c>conferences: send ended</c>.
    /// </summary>
    public static IEnumerable<string> OfQueue(QueueExchange exchange)
    {
        var name = $"{exchange.Queue}: {char.ToLowerInvariant(exchange.Operation.ToString()[0])}{exchange.Operation.ToString()[1..]}";
        return exchange.Operation == QueueOperation.Send
            ? exchange.MessageIds.Select(id => $"{name}{OriginOf(id)}").Distinct()
            : [name];
    }

    /// <summary>Names a call of DingTalk: <c>DingTalk: GET v1.0/conference/videoConferences/{id}</c>.</summary>
    public static string OfDingTalk(HttpRequest request) => $"DingTalk: {request.Method} {WithoutIds(request.Path)}";

    /// <summary>Names a request to the app: <c>app: POST dingtalk/events</c>.</summary>
    public static string OfApp(HttpRequest request)
    {
        var path = WithoutIds(request.Path);
        return $"app: {request.Method} {(path.StartsWith("api/", StringComparison.Ordinal) ? path[4..] : path)}";
    }

    /// <summary>Names a request to Blob Storage: <c>blobs: PUT manifest</c>.</summary>
    public static string OfBlobs(HttpRequest request)
    {
        // /account/container/blob, and what of it is meant.
        var path = request.Path.Value!.Split('/', 3, StringSplitOptions.RemoveEmptyEntries);
        var what = path switch
        {
            [_, StateContainer, var blob] => blob.StartsWith("failed-pushes/", StringComparison.Ordinal) ? "failed pushes" : "suite ticket",
            [_, _, _] => "manifest",
            [_, _] => "container",
            _ => "account",
        };
        return $"blobs: {request.Method} {what} {request.Query["comp"]}".TrimEnd();
    }

    // A lineage's root is the conference, what began it and mostly a key; what comes later in it has a step.
    private static string OriginOf(string messageId) => messageId.Contains('/', StringComparison.Ordinal) ? "" : messageId.Split(':') switch
    {
        [_, var origin] => $" {origin}",
        [_, .. var origin, _] => $" {string.Join(':', origin)}",
        _ => "",
    };

    private static string WithoutIds(PathString path)
    {
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('/', parts.Select(static part => Id().IsMatch(part) ? "{id}" : part));
    }

    [GeneratedRegex(@"^(\d+|(?=.*\d).{16,})$")]
    private static partial Regex Id();
}
