using System.Security.Cryptography;
using System.Text;
using MeetingRecordings.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>
/// The keys that callers of HTTP functions show, in the header <c>x-functions-key</c> or the query's <c>code</c>: of the kinds that a
/// deployment makes.
/// </summary>
/// <param name="Sender">A key of single functions: opens the address for plain notifications and nothing else.</param>
/// <param name="Operator">A key of the host: opens every function of level Function.</param>
/// <param name="Master">Opens every function. Nobody is handed it.</param>
public sealed record FunctionKeys(string Sender, string Operator, string Master)
{
    private const string Header = "x-functions-key";
    private const string Query = "code";

    /// <summary>The functions for which a deployment makes senders' keys (infra/hooks/issue-keys).</summary>
    public static IReadOnlyList<string> ForSenders { get; } = [nameof(MeetingsEnded), nameof(WebhookHandshake)];

    /// <summary>
    /// The keys of the settings <c>FunctionKeys__Default</c> (the senders'), <c>FunctionKeys__Operator</c> and
    /// <c>FunctionKeys__Master</c>; new ones where they are not set.
    /// </summary>
    /// <param name="settings">The settings.</param>
    public static FunctionKeys Read(IConfiguration settings)
    {
        return new(Read("Default"), Read("Operator"), Read("Master"));

        string Read(string name) => settings[$"FunctionKeys:{name}"] is { Length: > 0 } key ? key : Create();
    }

    /// <summary>Whether a request may call a function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="level">The function's level.</param>
    public bool Allow(HttpRequest request, string function, AuthorizationLevel level)
    {
        var shown = Encoding.UTF8.GetBytes(request.Headers[Header].FirstOrDefault() ?? request.Query[Query].FirstOrDefault() ?? "");
        return level switch
        {
            AuthorizationLevel.Anonymous => true,
            AuthorizationLevel.Function => IsShown(Master) | IsShown(Operator) | (IsShown(Sender) & ForSenders.Contains(function)),
            _ => IsShown(Master),
        };

        bool IsShown(string key) => CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => nameof(FunctionKeys);

    private static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
