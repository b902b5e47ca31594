using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MeetingRecordings.Functions;

/// <summary>Tells callers and their tools what the HTTP functions take and answer: an OpenAPI 3.1 document.</summary>
public sealed class OpenApi
{
    private const string Resource = "MeetingRecordings.Functions.openapi.json";

    private static readonly byte[] Document = Read();

    /// <summary>Answers with the document.</summary>
    /// <param name="request">The request.</param>
    [Function(nameof(OpenApi))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
        => TypedResults.Bytes(Document, "application/json");

    private static byte[] Read()
    {
        using var resource = typeof(OpenApi).Assembly.GetManifestResourceStream(Resource)!;
        var document = new byte[resource.Length];
        resource.ReadExactly(document);
        return document;
    }
}
