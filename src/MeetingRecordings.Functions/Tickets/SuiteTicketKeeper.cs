using MeetingRecordings.DingTalk;
using MeetingRecordings.Notifications.Events;
using Microsoft.Extensions.Logging;

namespace MeetingRecordings.Functions.Tickets;

/// <summary>Keeps the suite tickets that are pushed to this app.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="suiteKey">The app; null where it is an internal one, which has no tickets.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told.</param>
public sealed partial class SuiteTicketKeeper(ISuiteTicketStore store, string? suiteKey, TimeProvider clock, ILogger<SuiteTicketKeeper> logger)
{
    /// <summary>Keeps a ticket, unless it is another app's or a newer one is there.</summary>
    /// <param name="pushed">The ticket.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public async Task KeepAsync(DingTalkEvent.SuiteTicketPushed pushed, CancellationToken cancellationToken)
    {
        if (suiteKey is null || (pushed.SuiteKey is { Length: > 0 } named && named != suiteKey))
        {
            Log.NotOurs(logger);
            return;
        }

        var ticket = new SuiteTicket(pushed.Ticket, pushed.PushedAt ?? clock.GetUtcNow());
        await store.SaveAsync(suiteKey, ticket, cancellationToken);
        Log.Kept(logger, suiteKey, ticket.ReceivedAt);
    }

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Information, "The suite ticket of {SuiteKey} that was pushed at {PushedAt:O} is kept, or a newer one was")]
        public static partial void Kept(ILogger logger, string suiteKey, DateTimeOffset pushedAt);

        [LoggerMessage(221, LogLevel.Warning, "A suite ticket was pushed that is not for the app in DingTalk__SuiteKey; answered and ignored")]
        public static partial void NotOurs(ILogger logger);
    }
}
