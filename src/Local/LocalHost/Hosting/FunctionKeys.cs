using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LocalHost.Hosting;

/// <summary>The keys that callers of HTTP functions show, in the header <c>x-functions-key</c> or the query's <c>code</c>.</summary>
/// <param name="Default">Opens functions of level Function.</param>
/// <param name="Master">Opens every function.</param>
public sealed record FunctionKeys(string Default, string Master)
{
    private const string Header = "x-functions-key";
    private const string Query = "code";

    /// <summary>The keys of the settings <c>FunctionKeys__Default</c> and <c>FunctionKeys__Master</c>; new ones where they are not set.</summary>
    /// <param name="settings">The settings.</param>
    public static FunctionKeys Read(IConfiguration settings)
        => new(settings["FunctionKeys:Default"] is { Length: > 0 } key ? key : Create(), settings["FunctionKeys:Master"] is { Length: > 0 } master ? master : Create());

    /// <summary>Whether a request may call a function of that level.</summary>
    /// <param name="request">The request.</param>
    /// <param name="level">The level.</param>
    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        var shown = Encoding.UTF8.GetBytes(request.Headers[Header].FirstOrDefault() ?? request.Query[Query].FirstOrDefault() ?? "");
        var isMaster = CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(Master));
        var isDefault = CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(Default));
        return isMaster || (isDefault && level == AuthorizationLevel.Function);
    }

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => nameof(FunctionKeys);

    private static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
