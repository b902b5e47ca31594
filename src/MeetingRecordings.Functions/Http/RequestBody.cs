using Microsoft.AspNetCore.Http;

namespace MeetingRecordings.Functions.Http;

/// <summary>Reads a request's JSON body without trusting its size.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most that is read.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The body and null, or what is wrong with it.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadJsonAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (default, Problems.UnsupportedMediaType());
        }

        if (request.ContentLength > maxBytes)
        {
            return (default, Problems.TooLarge(maxBytes));
        }

        // One byte more than allowed tells a body that is too large from one that just fits.
        var buffer = new byte[(int)Math.Min(request.ContentLength ?? maxBytes, maxBytes) + 1];
        var length = 0;
        try
        {
            length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException)
        {
            return (default, Problems.BadRequest("The body ended before its announced length."));
        }

        return length == buffer.Length ? (default, Problems.TooLarge(maxBytes)) : (buffer.AsMemory(0, length), null);
    }
}
