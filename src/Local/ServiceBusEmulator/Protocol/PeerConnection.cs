using System.Collections.Concurrent;
using Amqp;
using Amqp.Listener;

namespace ServiceBusEmulator.Protocol;

/// <summary>What the emulator keeps of one client connection.</summary>
internal sealed class PeerConnection(SocketTransport transport)
{
    private const string Key = "peer";
    private readonly ConcurrentDictionary<string, ReplyLink> _replyLinks = new(StringComparer.Ordinal);

    public SocketTransport Transport { get; } = transport;

    public static PeerConnection Of(Link link) => (PeerConnection)((ListenerConnection)link.Session.Connection).Properties[Key];

    /// <summary>Notes, once, which transport a connection runs on.</summary>
    public static void Bind(Connection connection, SocketTransport transport) =>
        ((ListenerConnection)connection).Properties[Key] = new PeerConnection(transport);

    public void AddReplyLink(string address, ReplyLink link) => _replyLinks[address] = link;

    public void RemoveReplyLink(string address, ReplyLink link) => _replyLinks.TryRemove(new(address, link));

    /// <summary>The link that replies to an address go out on; null when there is none.</summary>
    public ReplyLink? FindReplyLink(string address) => _replyLinks.GetValueOrDefault(address);
}
