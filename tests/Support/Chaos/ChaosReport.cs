namespace Support.Chaos;

/// <summary>What a run came to, counted from outside the host.</summary>
/// <param name="Meetings">Meetings that ended.</param>
/// <param name="Pushed">Meetings of which a push was answered as delivered.</param>
/// <param name="Manifests">Meetings with a manifest.</param>
/// <param name="Poisoned">Messages in the poison queue.</param>
/// <param name="DeadLettered">Dead-lettered messages.</param>
/// <param name="Lost">Pushed meetings without any end.</param>
/// <param name="Doubled">Meetings with more than one end.</param>
/// <param name="WrongBytes">Manifests that are not the bytes that they must be, and blobs of no meeting.</param>
/// <param name="Astray">Meetings that came to another end than the one that DingTalk's answers call for.</param>
/// <param name="Details">A line for each meeting that is lost, doubled, wrong or astray.</param>
public sealed record ChaosReport(
    int Meetings,
    int Pushed,
    int Manifests,
    int Poisoned,
    int DeadLettered,
    int Lost,
    int Doubled,
    int WrongBytes,
    int Astray,
    IReadOnlyList<string> Details)
{
    /// <summary>Tries of pushes, retries and repetitions included.</summary>
    public int PushTries { get; init; }

    /// <summary>Tries of pushes that were not answered as delivered.</summary>
    public int PushTriesFailed { get; init; }

    /// <summary>Calls of DingTalk's API.</summary>
    public int Calls { get; init; }

    /// <summary>The share of those calls that were not answered as usual and in time.</summary>
    public double CallsFailed { get; init; }

    /// <summary>Meetings of which DingTalk has told only the begin; every one that has an end was found by its watch.</summary>
    public int OnlyBegun { get; init; }

    /// <summary>Kills of the host.</summary>
    public int Kills { get; init; }

    /// <summary>Restarts of Blob Storage.</summary>
    public int BlobRestarts { get; init; }

    /// <summary>Cuts of every connection to Service Bus.</summary>
    public int ConnectionDrops { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether every promise was kept.</summary>
    public bool IsGood => Pushed == Meetings && Lost + Doubled + WrongBytes + Astray == 0;

    /// <summary>Prints it.</summary>
    public void Print(TextWriter output)
    {
        foreach (var detail in Details)
        {
            output.WriteLine(detail);
        }

        output.WriteLine($"{Elapsed.TotalSeconds:F0} s; {Kills} kills of the host, {BlobRestarts} restarts of Blob Storage, {ConnectionDrops} cuts of every connection to Service Bus");
        output.WriteLine($"{PushTries} tries of pushes, {PushTriesFailed} of them failed; {Calls} calls of DingTalk's API, {CallsFailed:P0} of them failed");
        output.WriteLine($"{OnlyBegun} meetings whose end DingTalk never told");
        output.WriteLine($"{Pushed} of {Meetings} pushed, {Manifests} manifests, {Poisoned} poisoned, {DeadLettered} dead-lettered");
        output.WriteLine($"lost {Lost}, doubled {Doubled}, wrong bytes {WrongBytes}, astray {Astray}");
    }
}
