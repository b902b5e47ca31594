using System.Globalization;
using MeetingRecordings.Functions.Queues;
using MeetingRecordings.Notifications.Plain;

namespace MeetingRecordings.Functions.Operators;

/// <summary>
/// Puts the conferences of a list on the queue. It writes down how far it has come in a file beside the list, so that a run
/// that was stopped goes on where it was; what it may send twice at that place has the same message ids, so the queue drops it.
/// </summary>
/// <param name="queue">Where conferences go.</param>
public sealed class BackfillRun(ConferenceQueue queue)
{
    /// <summary>What is appended to the list's name for the file that tells how far a run has come.</summary>
    public const string ProgressExtension = ".progress";

    private const int BatchSize = 1000;
    private static readonly TimeSpan EnqueueDeadline = TimeSpan.FromMinutes(1);

    /// <summary>Runs, or goes on with an earlier run of the same list.</summary>
    /// <param name="path">The list.</param>
    /// <param name="progress">Is told how many of how many are on the queue.</param>
    /// <param name="cancellationToken">Stops it between two batches.</param>
    /// <exception cref="IOException">The list cannot be read, or the progress cannot be written.</exception>
    /// <exception cref="TimeoutException">Service Bus does not accept a batch. What came before is written down.</exception>
    public async Task<BackfillResult> RunAsync(string path, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var list = BackfillList.Read(await File.ReadAllBytesAsync(path, cancellationToken));
        var before = await ReadProgressAsync(path, list, cancellationToken);
        var done = before;
        progress(done, list.Notifications.Count);
        foreach (var batch in list.Notifications.Skip(before).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await queue.EnqueueAsync(batch, EnqueueDeadline, CancellationToken.None);
            done += batch.Length;
            await WriteProgressAsync(path, list, done);
            progress(done, list.Notifications.Count);
        }

        return new BackfillResult(done - before, before, list.Problems);
    }

    private static async Task<int> ReadProgressAsync(string path, BackfillList list, CancellationToken cancellationToken)
    {
        var file = path + ProgressExtension;
        if (!File.Exists(file))
        {
            return 0;
        }

        // Another key is the progress of a list that has been changed since.
        return (await File.ReadAllTextAsync(file, cancellationToken)).Split(' ') is [var key, var text]
            && key == list.Key
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var done)
            ? Math.Min(done, list.Notifications.Count)
            : 0;
    }

    private static async Task WriteProgressAsync(string path, BackfillList list, int done)
    {
        var file = path + ProgressExtension;

        // A name of its own: the same list may be run twice at once, which the queue's duplicate detection makes harmless.
        var next = $"{file}.{Guid.NewGuid():N}.new";
        await File.WriteAllTextAsync(next, string.Create(CultureInfo.InvariantCulture, $"{list.Key} {done}"), CancellationToken.None);
        File.Move(next, file, overwrite: true);
    }
}
