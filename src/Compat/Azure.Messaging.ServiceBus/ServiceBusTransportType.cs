namespace Azure.Messaging.ServiceBus;

/// <summary>How a client reaches Service Bus.</summary>
public enum ServiceBusTransportType
{
    /// <summary>AMQP over TCP, port 5671 with TLS (5672 without, for a development emulator).</summary>
    AmqpTcp,

    /// <summary>AMQP over a WebSocket. This stand-in refuses it.</summary>
    AmqpWebSockets,
}
