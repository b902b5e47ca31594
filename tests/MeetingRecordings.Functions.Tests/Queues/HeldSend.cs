using Azure.Messaging.ServiceBus;

namespace MeetingRecordings.Functions.Tests.Queues;

/// <summary>A send that waits for the test to end it, or for its token.</summary>
internal sealed class HeldSend(IReadOnlyList<ServiceBusMessage> messages, bool isBatch, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Ids => messages.Select(static m => m.MessageId);

    public bool IsBatch => isBatch;

    public Task End => _end.Task.WaitAsync(cancellationToken);

    public void Succeed() => _end.SetResult();

    public void Fail(Exception exception) => _end.SetException(exception);
}
