using Amqp;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>A call that waits for messages of a link. Its link guards it with its lock.</summary>
/// <param name="maxMessages">The most that it takes.</param>
internal sealed class ReceiveWaiter(int maxMessages)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Message> Messages { get; } = [];

    /// <summary>How many more it takes.</summary>
    public int Shortage => maxMessages - Messages.Count;

    /// <summary>Whether it only takes what comes by chance: no credit is asked for on its behalf.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Why the link has closed; null while it has not.</summary>
    public Exception Failure { get; private set; }

    /// <summary>Done when it has a message, or the link has closed.</summary>
    public Task First => _first.Task;

    /// <summary>Done when it has all that it takes, or the link has closed.</summary>
    public Task Full => _full.Task;

    public void Add(Message message)
    {
        Messages.Add(message);
        _first.TrySetResult();
        if (Shortage == 0)
        {
            _full.TrySetResult();
        }
    }

    public void Fail(Exception failure)
    {
        Failure = failure;
        _first.TrySetResult();
        _full.TrySetResult();
    }
}
