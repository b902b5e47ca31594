using ServiceBusEmulator.Broker;

namespace ServiceBusEmulator.Protocol;

/// <summary>
/// Keeps a client that does not read from making the emulator pile up what it has sent. AMQPNetLite queues without limit; this
/// counts what waits for the socket, roughly, and makes links stop until some of it has gone.
/// </summary>
internal sealed class SendBudget
{
    private const int MostWaitingBytes = 1024 * 1024;
    private const int FrameOverhead = 48;

    private readonly Lock _lock = new();
    private readonly List<IConsumer> _stopped = [];
    private int _waitingBytes;
    private bool _isWriting;

    /// <summary>Whether another message may be sent.</summary>
    /// <param name="whoWaits">Woken when there is room again, if there is none now.</param>
    public bool HasRoom(IConsumer whoWaits)
    {
        lock (_lock)
        {
            if (_waitingBytes >= MostWaitingBytes)
            {
                if (_isWriting)
                {
                    _stopped.Add(whoWaits);
                    return false;
                }

                // Nothing is under way: all has gone, and the count is off by what it only estimates.
                _waitingBytes = 0;
            }

            return true;
        }
    }

    /// <summary>Counts a message that is about to be sent.</summary>
    public void Spend(int messageBytes)
    {
        lock (_lock)
        {
            _waitingBytes += messageBytes + FrameOverhead;
        }
    }

    public void WriteStarts()
    {
        lock (_lock)
        {
            _isWriting = true;
        }
    }

    /// <summary>A write has ended.</summary>
    /// <param name="transferBytes">How many of its bytes were transfers.</param>
    public void WriteEnded(int transferBytes)
    {
        IConsumer[] stopped = [];
        lock (_lock)
        {
            _isWriting = false;
            _waitingBytes = Math.Max(0, _waitingBytes - transferBytes);
            if (_stopped.Count > 0 && transferBytes > 0)
            {
                stopped = [.. _stopped];
                _stopped.Clear();
            }
        }

        foreach (var consumer in stopped)
        {
            consumer.Wake();
        }
    }
}
