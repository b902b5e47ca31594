using System.Diagnostics;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;
using MeetingRecordings.Telemetry;

namespace MeetingRecordings.Fetching;

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
    /// <summary>The longest that all calls of one look to DingTalk take, their tries and waits for a turn included: 30 s, half a message lock.</summary>
    public static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest that the store of manifests may take for an answer: 20 s. Where it is asked twice, the second time comes before
    /// <see cref="LongestAsking"/> is over, so a look ends within 50 s and its message's lock lasts without being renewed.
    /// </summary>
    public static readonly TimeSpan LongestStoring = TimeSpan.FromSeconds(20);

    /// <summary>Looks once.</summary>
    /// <param name="message">The conference, and why.</param>
    /// <param name="lineage">What came before.</param>
    /// <param name="cancellationToken">Gives the look up, by an exception; nothing is decided then.</param>
    public async Task<FetchResult> FetchAsync(ConferenceMessage message, Lineage lineage, CancellationToken cancellationToken)
    {
        var look = new ConferenceLook(dingTalk.ForLook(message.CorpId, new Deadline(LongestAsking, clock)), message, lineage);
        var outcome = await LookAndStoreAsync(look, cancellationToken).ConfigureAwait(false);
        var action = Decide(outcome, look);
        if (action is RecoveryAction.FinishNotRecorded { Contradicted: true } or RecoveryAction.Poison { Reason: PoisonReasons.RecordingMissing })
        {
            outcome = await LookElsewhereAsync(outcome, look, cancellationToken).ConfigureAwait(false);
            action = Decide(outcome, look);
        }

        if (action is RecoveryAction.FinishNotRecorded)
        {
            outcome = await StoreAsync(Manifest.NotRecorded(message.ConferenceId), look, outcome, cancellationToken).ConfigureAwait(false);
            action = Decide(outcome, look);
        }

        return new FetchResult(look.Message, outcome, action);
    }

    private RecoveryAction Decide(LookOutcome outcome, ConferenceLook look)
        => RecoveryPolicy.Decide(outcome, look.Message.Trigger, look.Lineage, options, clock.GetUtcNow(), random.NextDouble());

    private async Task<LookOutcome> LookAndStoreAsync(ConferenceLook look, CancellationToken cancellationToken)
    {
        switch (await look.GetVideosAsync(cancellationToken).ConfigureAwait(false))
        {
            case ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found:
                return await StoreAsync(found, look, cancellationToken).ConfigureAwait(false);
            case ApiAnswer<IReadOnlyList<Video>>.Ok:
                return await AskWhetherRecordedAsync(look, new LookOutcome.NotReady(), cancellationToken).ConfigureAwait(false);
            case ApiAnswer<IReadOnlyList<Video>>.Failed { Error: { Class: ErrorClass.NotReady } error }:
                return await AskWhetherRecordedAsync(look, new LookOutcome.NotReady(error), cancellationToken).ConfigureAwait(false);
            case ApiAnswer<IReadOnlyList<Video>>.Failed { Error: { Class: ErrorClass.Unclear } error }:
                return await AskWhetherRecordedAsync(look, new LookOutcome.Failed(error), cancellationToken).ConfigureAwait(false);
            case ApiAnswer<IReadOnlyList<Video>>.Failed failed:
                return new LookOutcome.Failed(failed.Error);
            case var unknown:
                throw new InvalidOperationException($"{unknown.GetType()} is no answer that is known here.");
        }
    }

    private async Task<LookOutcome> AskWhetherRecordedAsync(ConferenceLook look, LookOutcome otherwise, CancellationToken cancellationToken)
    {
        var isLast = look.Lineage.Checks >= options.ReadinessLadder.Count;
        return await look.AskWhetherRecordedAsync(isLast, cancellationToken).ConfigureAwait(false) switch
        {
            ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: false } => new LookOutcome.NeverRecorded(),
            // The last word waits until there is one.
            ApiAnswer<ConferenceInfo>.Failed { Error: { IsTransient: true } error } when isLast => new LookOutcome.Failed(error),
            _ => otherwise,
        };
    }

    private Task<LookOutcome> StoreAsync(ApiAnswer<IReadOnlyList<Video>>.Ok found, ConferenceLook look, CancellationToken cancellationToken)
    {
        look.RequestId = found.RequestId;
        return StoreAsync(Manifest.Recorded(look.Message.ConferenceId, found.Value), look, new LookOutcome.Recorded(), cancellationToken);
    }

    private async Task<LookOutcome> StoreAsync(Manifest manifest, ConferenceLook look, LookOutcome stored, CancellationToken cancellationToken)
    {
        manifest = manifest with
        {
            CorpId = look.Message.CorpId,
            EndedAt = look.Message.EndedAt,
            EndedAtSource = look.Lineage.EndedAtSource,
        };
        return await WithStoreAsync(
            "write manifest",
            async (activity, token) =>
            {
                var write = await manifests.MergeAsync(manifest, look.RequestId, look.Message.Trigger == Trigger.Recheck, token).ConfigureAwait(false);
                activity?.SetTag("manifest.write", write.ToString());
                if (write == ManifestWrite.Created && stored is LookOutcome.Recorded && manifest.EndedAt is { } endedAt)
                {
                    RecordingTelemetry.FirstRecorded(clock.GetUtcNow() - endedAt);
                }

                return stored;
            },
            cancellationToken).ConfigureAwait(false);
    }

    // A recording that was deleted after it was written down is not missing, nor is one that somebody else sees.
    private async Task<LookOutcome> LookElsewhereAsync(LookOutcome missing, ConferenceLook look, CancellationToken cancellationToken)
    {
        var stored = await WithStoreAsync(
            "read manifest",
            async (_, token) => await manifests.IsRecordedAsync(look.Message.ConferenceId, token).ConfigureAwait(false) ? new LookOutcome.RecordedBefore() : missing,
            cancellationToken).ConfigureAwait(false);
        return stored == missing && await look.GetVideosOfOthersAsync(cancellationToken).ConfigureAwait(false) is { } found
            ? await StoreAsync(found, look, cancellationToken).ConfigureAwait(false)
            : stored;
    }

    private async Task<LookOutcome> WithStoreAsync(string what, Func<Activity?, CancellationToken, Task<LookOutcome>> use, CancellationToken cancellationToken)
    {
        using var activity = RecordingTelemetry.Source.StartActivity(what);
        using var late = new CancellationTokenSource(LongestStoring, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await use(activity, either.Token).ConfigureAwait(false);
        }
        catch (ManifestStoreException e)
        {
            return Fail(activity, e.Code, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(activity, "timeout", $"Blob Storage has not answered within {LongestStoring.TotalSeconds} s.");
        }
    }

    private static LookOutcome.Failed Fail(Activity? activity, string code, string message)
    {
        activity?.SetStatus(ActivityStatusCode.Error, code);
        return new LookOutcome.Failed(new DingTalkError($"{TransportCodes.ManifestStorePrefix}{code}", message));
    }
}
