using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Control;

/// <summary>Reads the control API's requests and sends its answers.</summary>
internal static class Exchange
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <summary>Reads a request.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    public static async Task<(T? Request, Problem? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return (request, request is null ? Problem.Of(new FieldFault("$", "a JSON object")) : null);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "$";
            return (null, new Problem(
                400,
                "The body is malformed.",
                $"{field}: no JSON, no field that is known here, or not of the type expected"
                    + $" (line {e.LineNumber + 1}, byte {e.BytePositionInLine}).",
                field));
        }
    }

    /// <summary>Sends a problem.</summary>
    public static Task SendAsync(HttpContext context, Problem problem)
        => SendAsync(context, problem.Status, problem, ControlJsonContext.Default.Problem, ProblemJson);

    /// <summary>Sends an answer.</summary>
    public static Task SendAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string contentType = Json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, body, type, context.RequestAborted);
    }

    /// <summary>Says that it is done.</summary>
    public static Task SendDoneAsync(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
