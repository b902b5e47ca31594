using System.Diagnostics;
using MeetingRecordings.Conferences;
using MeetingRecordings.Manifests;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Fetching;

/// <summary>Writes down what a look has found.</summary>
/// <param name="store">Where manifests are kept.</param>
/// <param name="clock">The time.</param>
public sealed class ManifestKeeper(IManifestStore store, TimeProvider clock)
{
    /// <summary>
    /// The longest that the store may take for an answer: 20 s. With <see cref="RecordingFinder.LongestAsking"/> a look ends within
    /// 50 s, so its message's lock lasts without being renewed.
    /// </summary>
    public static readonly TimeSpan LongestStoring = TimeSpan.FromSeconds(20);

    /// <summary>Writes a manifest, where there is something final to say.</summary>
    /// <param name="finding">What the look has found.</param>
    /// <param name="cancellationToken">Cancels the write, by an exception.</param>
    /// <returns>The finding's outcome, or that it could not be stored.</returns>
    public async Task<LookOutcome> WriteDownAsync(Finding finding, CancellationToken cancellationToken)
    {
        var conferenceId = finding.Look.Message.ConferenceId;
        return finding.Outcome switch
        {
            LookOutcome.Recorded or LookOutcome.RecordedBefore => await WriteAsync(Manifest.Recorded(conferenceId, finding.Videos), finding, cancellationToken),
            LookOutcome.NotRecorded => await WriteAsync(Manifest.NotRecorded(conferenceId), finding, cancellationToken),
            var outcome => outcome,
        };
    }

    /// <summary>A conference's manifest: it, or that there is none, or that the store cannot say.</summary>
    internal async Task<(Manifest? Manifest, LookOutcome.NotStored? Failure)> ReadAsync(
        string conferenceId, CancellationToken cancellationToken)
    {
        Manifest? manifest = null;
        var failure = await WithStoreAsync(
            "read manifest", async (_, token) => manifest = await store.ReadAsync(conferenceId, token), cancellationToken);
        return (manifest, failure);
    }

    private async Task<LookOutcome> WriteAsync(Manifest manifest, Finding finding, CancellationToken cancellationToken)
    {
        var (message, lineage) = finding.Look;
        manifest = manifest with
        {
            CorpId = message.CorpId,
            EndedAt = message.EndedAt,
            EndedAtSource = lineage.EndedAtSource,
            Meeting = message.Meeting ?? new MeetingDetails(),
        };
        var failure = await WithStoreAsync(
            "write manifest",
            async (activity, token) =>
            {
                var expectStored = message.Trigger == Trigger.Recheck || finding.Outcome is LookOutcome.RecordedBefore;
                var write = await store.MergeAsync(manifest, finding.RequestId, expectStored, token);
                activity?.SetTag("manifest.write", write.ToString());
                if (write == ManifestWrite.Created && finding.Outcome is LookOutcome.Recorded && manifest.EndedAt is { } endedAt)
                {
                    RecordingTelemetry.FirstRecorded(clock.GetUtcNow() - endedAt);
                }
            },
            cancellationToken);
        return failure ?? finding.Outcome;
    }

    private async Task<LookOutcome.NotStored?> WithStoreAsync(
        string what, Func<Activity?, CancellationToken, Task> use, CancellationToken cancellationToken)
    {
        using var activity = RecordingTelemetry.Source.StartActivity(what);
        using var late = new CancellationTokenSource(LongestStoring, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await use(activity, either.Token);
            return null;
        }
        catch (StoreException e)
        {
            return Fail(e.Code, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail("timeout", $"Blob Storage has not answered within {LongestStoring.TotalSeconds} s.");
        }

        LookOutcome.NotStored Fail(string code, string message)
        {
            activity?.SetStatus(ActivityStatusCode.Error, code);
            return new LookOutcome.NotStored(Failure.OfStore(code, message));
        }
    }
}
