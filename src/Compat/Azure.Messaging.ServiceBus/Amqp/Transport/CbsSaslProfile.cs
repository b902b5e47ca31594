using System.Text;
using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace Azure.Messaging.ServiceBus.Amqp.Transport;

/// <summary>
/// The SASL exchange of a peer that is given its tokens later, over <c>$cbs</c>: Service Bus' own MSSBCBS, or ANONYMOUS,
/// whichever the peer offers first.
/// </summary>
internal sealed class CbsSaslProfile() : SaslProfile(Anonymous)
{
    private const string ServiceBus = "MSSBCBS";
    private new const string Anonymous = "ANONYMOUS";

    protected override bool Match(Symbol mechanism) => (string)mechanism is ServiceBus or Anonymous;

    protected override DescribedList GetStartCommand(string hostname) => new SaslInit
    {
        Mechanism = Mechanism,
        InitialResponse = Encoding.ASCII.GetBytes(Mechanism),
        HostName = hostname,
    };

    protected override DescribedList OnCommand(DescribedList command) => null;

    protected override ITransport UpgradeTransport(ITransport transport) => transport;
}
