using Amqp;
using Amqp.Listener;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// AMQPNetLite's container host with two changes: messages are not decoded on arrival, and every link goes to one router. The
/// host is used because link endpoints, which see every flow frame, can be had through it only.
/// </summary>
internal sealed class EmulatorContainer : ContainerHost, IContainer
{
    private const string AnyAddress = "";

    public EmulatorContainer(LoopbackListener transports, ILinkProcessor router)
        : base(new Address($"amqp://localhost:{transports.Port}"))
    {
        CustomTransports.Add("amqp", transports);

        // Otherwise the host looks into the link's source or target itself, and fails on a coordinator's.
        AddressResolver = static (_, _) => AnyAddress;
        RegisterLinkProcessor(router);
    }

    /// <summary>The one listener.</summary>
    public ConnectionListener Listener => Listeners[0];

    Message IContainer.CreateMessage(ByteBuffer buffer) => new IncomingMessage(buffer);
}
