using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>Sends whole answers as DingTalk's gateway frames them.</summary>
internal static class WireResponse
{
    /// <summary>The media type of DingTalk's JSON.</summary>
    public const string Json = "application/json;charset=utf-8";

    private const string RequestIdHeader = "x-acs-request-id";

    /// <summary>Gives an answer a request id.</summary>
    /// <param name="context">The call.</param>
    /// <param name="place">Where the id goes; the header is set here.</param>
    /// <returns>The id where the body shall carry it; else null.</returns>
    public static string? Stamp(HttpContext context, RequestIdPlace place)
    {
        var requestId = NewRequestId();
        if (place.HasFlag(RequestIdPlace.Header))
        {
            context.Response.Headers[RequestIdHeader] = requestId;
        }

        return place.HasFlag(RequestIdPlace.Body) ? requestId : null;
    }

    /// <summary>An id that looks like DingTalk's.</summary>
    public static string NewRequestId() => Guid.NewGuid().ToString("D").ToUpperInvariant();

    /// <summary>Sends bytes.</summary>
    public static ValueTask<FlushResult> SendAsync(HttpContext context, int status, string contentType, ReadOnlySpan<byte> body)
    {
        Start(context, status, contentType, body.Length);
        return WriteAsync(context, body);
    }

    /// <summary>Sends JSON.</summary>
    public static ValueTask<FlushResult> SendJsonAsync<T>(HttpContext context, int status, T state, Action<Utf8JsonWriter, T> write)
        => SendAsync(context, status, Json, JsonScratch.Write(state, write));

    /// <summary>Sends an error of the v1.0 API.</summary>
    public static ValueTask<FlushResult> SendErrorAsync(HttpContext context, ScriptedAnswer.ApiError error, string? requestId)
    {
        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return SendJsonAsync(context, error.Status, (error, requestId), WireJson.Error);
    }

    /// <summary>Sets what stands before the body.</summary>
    public static void Start(HttpContext context, int status, string contentType, long length)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = length;
    }

    /// <summary>Sends a part of the body.</summary>
    public static ValueTask<FlushResult> WriteAsync(HttpContext context, ReadOnlySpan<byte> part)
    {
        var writer = context.Response.BodyWriter;
        part.CopyTo(writer.GetSpan(Math.Max(part.Length, 1)));
        writer.Advance(part.Length);
        return writer.FlushAsync();
    }
}
