using System.Diagnostics;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;
using MeetingRecordings.Recovery;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings;

/// <summary>Looks at a conference: asks DingTalk for its recordings, writes the manifest, and decides what follows.</summary>
/// <param name="dingTalk">DingTalk's API.</param>
/// <param name="manifests">Where manifests are kept.</param>
/// <param name="options">How long to wait for what.</param>
/// <param name="clock">The time.</param>
/// <param name="random">Spreads the waits.</param>
public sealed class RecordingFetcher(
    DingTalkClient dingTalk,
    IManifestStore manifests,
    RecoveryOptions options,
    TimeProvider clock,
    Random random)
{
    /// <summary>Looks once.</summary>
    /// <param name="message">The conference, and why.</param>
    /// <param name="lineage">What came before.</param>
    /// <param name="cancellationToken">Gives the look up, by an exception; nothing is decided then.</param>
    public async Task<FetchResult> FetchAsync(ConferenceMessage message, Lineage lineage, CancellationToken cancellationToken)
    {
        var look = new ConferenceLook(dingTalk, message, lineage);
        var outcome = await LookAndStoreAsync(look, cancellationToken).ConfigureAwait(false);
        var action = Decide(outcome, look);
        if (action is RecoveryAction.FinishNotRecorded)
        {
            outcome = await StoreAsync(Manifest.NotRecorded(message.ConferenceId), look, outcome, cancellationToken).ConfigureAwait(false);
            action = outcome is FetchOutcome.Failed ? Decide(outcome, look) : action;
        }

        return new FetchResult(look.Message, outcome, action);
    }

    private RecoveryAction Decide(FetchOutcome outcome, ConferenceLook look)
        => RecoveryPolicy.Decide(outcome, look.Message.Trigger, look.Lineage, options, clock.GetUtcNow(), random.NextDouble());

    private async Task<FetchOutcome> LookAndStoreAsync(ConferenceLook look, CancellationToken cancellationToken)
    {
        switch (await look.GetVideosAsync(cancellationToken).ConfigureAwait(false))
        {
            case ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found:
                look.RequestId = found.RequestId;
                return await StoreAsync(
                    Manifest.Recorded(look.Message.ConferenceId, found.Value), look, new FetchOutcome.Recorded(), cancellationToken).ConfigureAwait(false);
            case ApiAnswer<IReadOnlyList<Video>>.Ok:
            case ApiAnswer<IReadOnlyList<Video>>.Failed { Error.Class: ErrorClass.NotReady }:
                return await look.WasNeverRecordedAsync(cancellationToken).ConfigureAwait(false)
                    ? new FetchOutcome.NeverRecorded()
                    : new FetchOutcome.NotReady();
            case ApiAnswer<IReadOnlyList<Video>>.Failed { Error: { Class: ErrorClass.Unclear } error }:
                return await look.WasNeverRecordedAsync(cancellationToken).ConfigureAwait(false)
                    ? new FetchOutcome.NeverRecorded()
                    : new FetchOutcome.Failed(error);
            case ApiAnswer<IReadOnlyList<Video>>.Failed failed:
                return new FetchOutcome.Failed(failed.Error);
            case var unknown:
                throw new InvalidOperationException($"{unknown.GetType()} is no answer that is known here.");
        }
    }

    private async Task<FetchOutcome> StoreAsync(Manifest manifest, ConferenceLook look, FetchOutcome stored, CancellationToken cancellationToken)
    {
        manifest = manifest with
        {
            CorpId = look.Message.CorpId,
            EndedAt = look.Message.EndedAt,
            EndedAtSource = look.Message.EndedAt is null ? EndedAtSource.Fallback : look.Lineage.EndedAtSource,
        };
        using var activity = RecordingTelemetry.Source.StartActivity("write manifest");
        try
        {
            var write = await manifests
                .MergeAsync(manifest, look.RequestId, look.Message.Trigger == Trigger.Recheck, cancellationToken).ConfigureAwait(false);
            activity?.SetTag("manifest.write", write.ToString());
            if (write == ManifestWrite.Created && stored is FetchOutcome.Recorded && manifest.EndedAt is { } endedAt)
            {
                RecordingTelemetry.FirstRecorded(clock.GetUtcNow() - endedAt);
            }

            return stored;
        }
        catch (ManifestStoreException e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Code);
            return new FetchOutcome.Failed(new DingTalkError($"{TransportCodes.ManifestStorePrefix}{e.Code}", e.Message));
        }
    }
}
