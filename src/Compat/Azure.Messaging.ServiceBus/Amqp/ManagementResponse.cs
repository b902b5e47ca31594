using System.Net;
using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Reads the status of an answer of <c>$management</c> or <c>$cbs</c>.</summary>
internal static class ManagementResponse
{
    /// <summary>The status, an HTTP one; the two nodes spell its name differently.</summary>
    public static HttpStatusCode StatusOf(Message response)
        => (Get(response, "statusCode") ?? Get(response, "status-code")) is int status
            ? (HttpStatusCode)status
            : HttpStatusCode.Unused;

    /// <summary>Throws what the answer says went wrong.</summary>
    public static void ThrowIfFailed(Message response)
    {
        var status = StatusOf(response);
        if (status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent)
        {
            return;
        }

        var condition = (Get(response, "errorCondition") ?? Get(response, "error-condition"))?.ToString() ?? ConditionOf(status);
        var description = (Get(response, "statusDescription") ?? Get(response, "status-description")) as string;
        throw AmqpErrors.ToException(condition, description ?? condition);
    }

    private static object Get(Message response, string name) => response.ApplicationProperties?[name];

    private static string ConditionOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.RequestTimeout => "com.microsoft:timeout",
        HttpStatusCode.NotFound => "amqp:not-found",
        HttpStatusCode.NotImplemented => "amqp:not-implemented",
        HttpStatusCode.Conflict => "com.microsoft:entity-already-exists",
        HttpStatusCode.Gone => "com.microsoft:message-lock-lost",
        HttpStatusCode.Forbidden => "amqp:resource-limit-exceeded",
        HttpStatusCode.BadRequest => "com.microsoft:argument-error",
        HttpStatusCode.Unauthorized => "amqp:unauthorized-access",
        HttpStatusCode.ServiceUnavailable => "com.microsoft:server-busy",
        _ => "amqp:internal-error",
    };
}
