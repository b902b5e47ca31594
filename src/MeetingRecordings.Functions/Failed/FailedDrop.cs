using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Failed;

/// <summary>Removes messages for good that have failed.</summary>
public sealed partial class FailedDrop
{
    private readonly FailedReceivers _receivers;
    private readonly TimeProvider _clock;
    private readonly ILogger<FailedDrop> _logger;

    internal FailedDrop(FailedReceivers receivers, TimeProvider clock, ILogger<FailedDrop> logger)
    {
        _receivers = receivers;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Removes a message.</summary>
    /// <param name="queue">Where it lies.</param>
    /// <param name="id">Its sequence number.</param>
    /// <param name="reason">Why; it is logged.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<MessageResult> DropAsync(FailedQueue queue, long id, string reason, CancellationToken cancellationToken)
    {
        await using var receiver = _receivers.Create(queue);
        if (await FailedMessageList.FindAsync(receiver, [id], cancellationToken) is [])
        {
            return MessagePicker.NotFound(id);
        }

        var result = (await new MessagePicker(receiver, _clock).PickAsync(
            new HashSet<long> { id },
            async (message, _) =>
            {
                await receiver.CompleteMessageAsync(message, CancellationToken.None);
                return new MessageResult(id, MessageOutcome.Dropped, FailedMessage.From(message).ConferenceId);
            },
            cancellationToken))[id];
        if (result.Outcome == MessageOutcome.Dropped)
        {
            Log.Dropped(_logger, id, queue, result.ConferenceId, reason);
        }

        return result;
    }

    private static partial class Log
    {
        [LoggerMessage(401, LogLevel.Warning, "Message {Id} of {Queue}, about conference {ConferenceId}, is dropped: {Reason}")]
        public static partial void Dropped(ILogger logger, long id, FailedQueue queue, string? conferenceId, string reason);
    }
}
