using MeetingRecordings.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Serves the operators' page to anybody: it holds nothing but itself, and asks its reader for a key.</summary>
public sealed class GetConsole
{
    private static readonly ConsolePage Page = ConsolePage.Read();

    /// <summary>Handles one request.</summary>
    [Function(nameof(GetConsole))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Page.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Bytes(Page.Document, "text/html; charset=utf-8");
    }
}
