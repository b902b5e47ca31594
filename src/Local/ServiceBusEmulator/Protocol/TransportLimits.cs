namespace ServiceBusEmulator.Protocol;

/// <summary>What a peer may ask of the emulator.</summary>
/// <param name="MaxFrameSize">The largest frame, in bytes.</param>
/// <param name="MostUnfinishedBytes">How many bytes of messages that have not ended a connection may have sent.</param>
/// <param name="Patience">How long a peer may take to open its connection.</param>
/// <param name="MostConnections">How many connections may be open.</param>
internal sealed record TransportLimits(int MaxFrameSize, long MostUnfinishedBytes, TimeSpan Patience, int MostConnections);
