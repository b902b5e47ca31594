using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>Reads a request's JSON body without trusting its size.</summary>
internal static class RequestBody
{
    private const string Identity = "identity";

    /// <summary>Reads a body that is some JSON by its Content-Type.</summary>
    /// <inheritdoc cref="ReadAsync" />
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadJsonAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
        => request.HasJsonContentType()
            ? await ReadAsync(request, maxBytes, cancellationToken)
            : (default, Problems.UnsupportedMediaType());

    /// <summary>Reads the body of a push, which is proved by its signature: its type may be missing, or have odd parameters.</summary>
    /// <inheritdoc cref="ReadAsync" />
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadPushAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
        => string.IsNullOrEmpty(request.ContentType)
            || request.HasJsonContentType()
            || request.ContentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase)
            ? await ReadAsync(request, maxBytes, cancellationToken)
            : (default, Problems.UnsupportedMediaType());

    /// <summary>Reads the body. What is held grows with what has come, whatever length was announced.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most that is read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The body and null, or what is wrong with it.</returns>
    private static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        // A signature is over the bytes as they came, and nobody needs to compress so little.
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.AcceptEncoding = Identity;
            return (default, Problems.UnsupportedEncoding());
        }

        if (request.ContentLength > maxBytes)
        {
            return (default, Problems.TooLarge(maxBytes));
        }

        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancellationToken);
                if (read.Buffer.Length > maxBytes)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (default, Problems.TooLarge(maxBytes));
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (body, null);
                }

                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? (default, Problems.TooLarge(maxBytes))
                : (default, Problems.BadRequest("The body ended before its announced length."));
        }
    }
}
