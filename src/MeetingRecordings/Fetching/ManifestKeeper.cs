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
            LookOutcome.Recorded => await WriteAsync(Manifest.Recorded(conferenceId, finding.Videos), finding, cancellationToken),
            LookOutcome.NotRecorded => await WriteAsync(Manifest.NotRecorded(conferenceId), finding, cancellationToken),
            var outcome => outcome,
        };
    }

    /// <summary>Whether a manifest already says that a conference was recorded.</summary>
    /// <returns>That it was, or that the store cannot say; null where there is no such manifest.</returns>
    internal Task<LookOutcome?> FindRecordedAsync(string conferenceId, CancellationToken cancellationToken)
        => WithStoreAsync<LookOutcome?>(
            "read manifest",
            async (_, token) => await store.IsRecordedAsync(conferenceId, token) ? new LookOutcome.RecordedBefore() : null,
            cancellationToken);

    private async Task<LookOutcome> WriteAsync(Manifest manifest, Finding finding, CancellationToken cancellationToken)
    {
        var (message, lineage) = finding.Look;
        manifest = manifest with { CorpId = message.CorpId, EndedAt = message.EndedAt, EndedAtSource = lineage.EndedAtSource };
        return await WithStoreAsync(
            "write manifest",
            async (activity, token) =>
            {
                var write = await store.MergeAsync(manifest, finding.RequestId, message.Trigger == Trigger.Recheck, token);
                activity?.SetTag("manifest.write", write.ToString());
                if (write == ManifestWrite.Created && finding.Outcome is LookOutcome.Recorded && manifest.EndedAt is { } endedAt)
                {
                    RecordingTelemetry.FirstRecorded(clock.GetUtcNow() - endedAt);
                }

                return finding.Outcome;
            },
            cancellationToken);
    }

    private async Task<T> WithStoreAsync<T>(string what, Func<Activity?, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
        where T : LookOutcome?
    {
        using var activity = RecordingTelemetry.Source.StartActivity(what);
        using var late = new CancellationTokenSource(LongestStoring, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await use(activity, either.Token);
        }
        catch (ManifestStoreException e)
        {
            return Fail(activity, e.Code, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(activity, "timeout", $"Blob Storage has not answered within {LongestStoring.TotalSeconds} s.");
        }

        static T Fail(Activity? activity, string code, string message)
        {
            activity?.SetStatus(ActivityStatusCode.Error, code);
            return (T)(LookOutcome)new LookOutcome.NotStored(Failure.OfStore(code, message));
        }
    }
}
