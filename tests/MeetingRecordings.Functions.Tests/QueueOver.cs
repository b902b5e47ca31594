using Azure.Messaging.ServiceBus;
using MeetingRecordings.Conferences;
using MeetingRecordings.Fetching;
using MeetingRecordings.Functions.Queues;

namespace MeetingRecordings.Functions.Tests;

/// <summary>The queue of conferences over a sender of a test's own; its first looks are due at once.</summary>
internal static class QueueOver
{
    public static readonly FirstLookPolicy FirstLooks = new(new RecoveryOptions { FirstLookAfter = TimeSpan.Zero });

    public static ConferenceQueue Sender(ServiceBusSender sender, TimeProvider clock)
        => new(new BatchingSender(sender, clock), FirstLooks, MeetingFields.None, clock);
}
