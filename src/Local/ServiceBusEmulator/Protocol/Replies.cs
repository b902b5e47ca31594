using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace ServiceBusEmulator.Protocol;

/// <summary>Makes replies to requests.</summary>
internal static class Replies
{
    public static string? OperationOf(Message request) => request.ApplicationProperties?["operation"] as string;

    /// <summary>A reply with a status, which the token node's clients look for in one spelling and the management node's in another.</summary>
    public static OutgoingMessage Of(int status, string description, Map? body = null, string? errorCondition = null)
    {
        var properties = new ApplicationProperties
        {
            ["statusCode"] = status,
            ["statusDescription"] = description,
            ["status-code"] = status,
            ["status-description"] = description,
        };
        if (errorCondition is not null)
        {
            properties["errorCondition"] = new Symbol(errorCondition);
        }

        return new OutgoingMessage
        {
            IsReply = true,
            ApplicationProperties = properties,
            BodySection = new AmqpValue { Value = body ?? [] },
        };
    }

    public static OutgoingMessage Ok(Map? body = null) => Of(200, "OK", body);

    public static OutgoingMessage Failed(int status, Error error) => Of(status, error.Description, errorCondition: error.Condition);
}
