using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using DingTalkSimulator.Pushing;

namespace Support.Chaos;

/// <summary>Lets meetings end while everything goes wrong, waits until nothing is left to do, and has the outcome audited.</summary>
/// <param name="options">How many meetings, and what goes wrong.</param>
/// <param name="progress">Where it is told how far the run is.</param>
public sealed class ChaosRun(ChaosOptions options, TextWriter progress)
{
    private const int ConcurrentPushes = 8;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(15);

    private readonly Dictionary<Disruption, int> _disruptions = [];
    private int _pushed;

    /// <summary>Runs. It ends by itself, and all that it started with it.</summary>
    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var schedule = ChaosSchedule.Create(options);
        await using var stage = await ChaosStage.StartAsync(cancellationToken);
        var meetings = await CreateMeetingsAsync(stage, schedule, cancellationToken);
        await stage.DingTalk.SetFaultsAsync(options.Seed, cancellationToken);

        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            deadline.CancelAfter(options.Deadline);
            try
            {
                await WreakAsync(stage, schedule, meetings, watch, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await progress.WriteLineAsync($"Not all was done within {options.Deadline}.");
            }
        }

        var report = await new ChaosAudit(stage, meetings, WithoutEnd(schedule, meetings)).RunAsync(cancellationToken);
        return report with
        {
            Kills = _disruptions.GetValueOrDefault(Disruption.KillHost),
            BlobRestarts = _disruptions.GetValueOrDefault(Disruption.RestartBlobs),
            ConnectionDrops = _disruptions.GetValueOrDefault(Disruption.DropConnections),
            OnlyBegun = schedule.OnlyBegun.Count,
            Elapsed = watch.Elapsed,
        };
    }

    // No event has told when they ended.
    private static HashSet<string> WithoutEnd(ChaosSchedule schedule, IReadOnlyList<(string ConferenceId, Fate Fate)> meetings)
    {
        var told = schedule.Pushes.Where(static push => push.Event == PushedEvent.MeetingEnded).Select(static push => push.Meeting).ToHashSet();
        return [.. meetings.Index().Where(meeting => !told.Contains(meeting.Index)).Select(static meeting => meeting.Item.ConferenceId)];
    }

    private static async Task<IReadOnlyList<(string ConferenceId, Fate Fate)>> CreateMeetingsAsync(
        ChaosStage stage,
        ChaosSchedule schedule,
        CancellationToken cancellationToken)
    {
        var meetings = new (string ConferenceId, Fate Fate)[schedule.Fates.Count];
        foreach (var group in schedule.Fates.Index().GroupBy(static meeting => meeting.Item))
        {
            int[] numbers = [.. group.Select(static meeting => meeting.Index)];
            var ids = await stage.DingTalk.CreateMeetingsAsync(group.Key, numbers.Length, cancellationToken);
            foreach (var (number, id) in numbers.Zip(ids))
            {
                meetings[number] = (id, group.Key);
            }
        }

        return meetings;
    }

    private async Task WreakAsync(
        ChaosStage stage,
        ChaosSchedule schedule,
        IReadOnlyList<(string ConferenceId, Fate Fate)> meetings,
        Stopwatch watch,
        CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var disruptions = DisruptAsync(stage, done.Token);
        var told = TellAsync(schedule.Pushes.Count, watch, done.Token);
        try
        {
            await PushAsync(stage, schedule, meetings, cancellationToken);
            await DrainAsync(stage, disruptions, cancellationToken);
        }
        finally
        {
            await done.CancelAsync();
            await Task.WhenAll(disruptions, told).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // DingTalk would list what it could not deliver; whoever reads that list has it delivered in the end.
    private Task PushAsync(
        ChaosStage stage,
        ChaosSchedule schedule,
        IReadOnlyList<(string ConferenceId, Fate Fate)> meetings,
        CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            schedule.Pushes,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentPushes, CancellationToken = cancellationToken },
            async (push, token) =>
            {
                await Task.Delay(push.Calm, token);
                while (!await stage.DingTalk.PushAsync(meetings[push.Meeting].ConferenceId, push.Event, token))
                {
                    await Task.Delay(PollInterval, token);
                }

                Interlocked.Increment(ref _pushed);
            });

    private async Task DisruptAsync(ChaosStage stage, CancellationToken cancellationToken)
    {
        foreach (var (calm, disruption) in ChaosSchedule.Disruptions(options.Seed).Take(options.MaxDisruptions))
        {
            await Task.Delay(calm, cancellationToken);

            // What has begun is done to its end, so that every process is up at the audit.
            await stage.DisruptAsync(disruption, CancellationToken.None);
            _disruptions[disruption] = _disruptions.GetValueOrDefault(disruption) + 1;
        }
    }

    private static async Task DrainAsync(ChaosStage stage, Task disruptions, CancellationToken cancellationToken)
    {
        await using var client = new ServiceBusClient(stage.ServiceBus);
        await using var receiver = client.CreateReceiver(ChaosStage.Queue);
        while (await HasMessagesAsync(receiver, cancellationToken))
        {
            if (disruptions.IsFaulted)
            {
                // A process that cannot be started again: the run is void.
                await disruptions;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    // A peek sees messages that wait, that are locked and that are not due yet.
    private static async Task<bool> HasMessagesAsync(ServiceBusReceiver receiver, CancellationToken cancellationToken)
    {
        try
        {
            return (await receiver.PeekMessagesAsync(1, 0, cancellationToken)).Count > 0;
        }
        catch (ServiceBusException e) when (e.IsTransient)
        {
            return true;
        }
    }

    private async Task TellAsync(int pushes, Stopwatch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(ProgressInterval, cancellationToken);
            await progress.WriteLineAsync($"{watch.Elapsed.TotalSeconds:F0} s: {_pushed} of {pushes} pushes delivered, {_disruptions.Values.Sum()} disruptions");
        }
    }
}
