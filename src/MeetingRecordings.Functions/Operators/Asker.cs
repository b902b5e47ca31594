using MeetingRecordings.Functions.Telemetry;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Operators;

/// <summary>Who asks for something, as it is logged.</summary>
public static class Asker
{
    // Set by App Service where a sign-in stands before the app; it takes away what the caller put there himself.
    private const string SignedInName = "X-MS-CLIENT-PRINCIPAL-NAME";

    /// <summary>Whoever has an operator's key, and did not have to sign in.</summary>
    public const string KeyHolder = "somebody with a key";

    /// <summary>Whoever is signed in on this machine.</summary>
    public static string ThisUser => $"{LogText.Of(Environment.UserName)} on the command line";

    /// <summary>Who sends a request, as far as the platform tells.</summary>
    /// <param name="request">The request.</param>
    public static string Of(HttpRequest request)
        => request.Headers[SignedInName].FirstOrDefault() is { } name && !string.IsNullOrWhiteSpace(name) ? LogText.Of(name)! : KeyHolder;
}
