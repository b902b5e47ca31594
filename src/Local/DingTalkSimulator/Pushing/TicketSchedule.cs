namespace DingTalkSimulator.Pushing;

/// <summary>Gives the third-party app a new ticket every few hours.</summary>
internal static class TicketSchedule
{
    /// <summary>Runs until it is cancelled.</summary>
    public static async Task RunAsync(EventPusher pusher, SimulatorOptions options, CancellationToken stopping)
    {
        if (options.SuiteKey is null || options.SuiteTicketEvery <= TimeSpan.Zero)
        {
            return;
        }

        while (true)
        {
            await Task.Delay(options.SuiteTicketEvery, options.Clock, stopping);
            if (pusher.CallbackUrl is not null)
            {
                await pusher.PushTicketAsync(cancellationToken: stopping);
            }
        }
    }
}
