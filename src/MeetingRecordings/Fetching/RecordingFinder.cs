using System.Globalization;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Fetching;

/// <summary>
/// Finds out what there is of a conference's recordings: in its manifest, which costs nothing, and from DingTalk, whose calls are metered.
/// </summary>
/// <param name="dingTalk">DingTalk's API.</param>
/// <param name="manifests">What was found before.</param>
/// <param name="messages">What else is under way.</param>
/// <param name="policy">Says which look is the last, and what is asked first.</param>
/// <param name="budget">Says whether DingTalk may be asked.</param>
/// <param name="clock">The time.</param>
public sealed class RecordingFinder(
    DingTalkClient dingTalk,
    ManifestKeeper manifests,
    IConferenceMessages messages,
    RecoveryPolicy policy,
    CallBudget budget,
    TimeProvider clock)
{
    /// <summary>The longest that all questions of one look take, waits for a turn included: 30 s, half a message lock.</summary>
    public static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(30);

    /// <summary>Looks once.</summary>
    /// <param name="look">The conference.</param>
    /// <param name="cancellationToken">Cancels the look, by an exception.</param>
    public async Task<Finding> FindAsync(Look look, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LongestAsking, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var inquiry = new Inquiry(dingTalk, look);
        Finding finding;
        try
        {
            finding = await FindAsync(inquiry, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            finding = Conclude(inquiry, new LookOutcome.Failed(new DingTalkError(
                TransportCodes.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"No whole answer within {LongestAsking.TotalSeconds} s."))));
        }

        // A call that is cancelled between two tries gives the answer to the first.
        cancellationToken.ThrowIfCancellationRequested();
        await budget.KeepAsync(cancellationToken);
        return finding;
    }

    private async Task<Finding> FindAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var (manifest, failure) = await manifests.ReadAsync(inquiry.Message.ConferenceId, cancellationToken);
        if (failure is not null)
        {
            return Conclude(inquiry, failure);
        }

        if (WithoutAsking(inquiry.Message.Trigger, manifest?.Status) is { } settled)
        {
            return Conclude(inquiry, settled, manifest);
        }

        if (inquiry.Message.Trigger == Trigger.Watch
            && await messages.AnyNotifiedAsync(inquiry.Message.ConferenceId, cancellationToken))
        {
            return Conclude(inquiry, new LookOutcome.Unneeded());
        }

        if (manifest is not null)
        {
            inquiry.Learn(manifest);
        }

        if (await budget.WaitAsync(PurposeOf(inquiry), cancellationToken) is { } wait)
        {
            return Conclude(inquiry, new LookOutcome.Postponed(wait));
        }

        if (inquiry.Message.Trigger != Trigger.Watch)
        {
            return await AskAsync(inquiry, manifest, cancellationToken);
        }

        switch (await inquiry.AskForInfoAsync(cancellationToken))
        {
            case { Error: { IsTransient: true } error }:
                return Conclude(inquiry, new LookOutcome.Failed(error));
            case ApiAnswer<ConferenceInfo>.Ok { Value.IsRunning: true }:
                return Conclude(inquiry, new LookOutcome.Running());
            default:
                inquiry.TakeAsEnded();
                return await AskAsync(inquiry, manifest, cancellationToken) with { IsMissedEnd = true };
        }
    }

    private static CallPurpose PurposeOf(Inquiry inquiry)
        => inquiry.Lineage.RecordingAnnounced ? CallPurpose.AnnouncedRecording : CallPurpose.Look;

    // Every message of a conference but the one about a finished video is done once some video is written down.
    private static LookOutcome? WithoutAsking(Trigger trigger, ManifestStatus? status) => (trigger, status) switch
    {
        (Trigger.MeetingEnded or Trigger.Backfill or Trigger.SummaryReady or Trigger.Watch, ManifestStatus.Recorded)
            => new LookOutcome.RecordedBefore(),
        (Trigger.Watch, ManifestStatus.NotRecorded) => new LookOutcome.NotRecorded(),
        // The message about the meeting's end, or its watch, has not come to an end yet.
        (Trigger.SummaryReady, null) => new LookOutcome.Unneeded(),
        _ => null,
    };

    private async Task<Finding> AskAsync(Inquiry inquiry, Manifest? manifest, CancellationToken cancellationToken)
    {
        var isLast = policy.IsLastLook(inquiry.Lineage);
        if (policy.AsksInfoFirst)
        {
            // Where conference info refuses, whoever created the meeting may yet see its recordings.
            switch (await inquiry.AskWhetherRecordedAsync(isLast, cancellationToken))
            {
                case ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: false }:
                    return Conclude(inquiry, new LookOutcome.NotRecorded());
                case { Error: { IsTransient: true } error }:
                    return Conclude(inquiry, new LookOutcome.Failed(error));
            }
        }

        var answer = await inquiry.AskForVideosAsync(cancellationToken);
        if (answer is ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found)
        {
            return Conclude(inquiry, found);
        }

        return answer.Error is { } refusal and not { Class: ErrorClass.NotReady or ErrorClass.Unclear }
            ? Conclude(inquiry, new LookOutcome.Failed(refusal))
            : await WithoutVideosAsync(inquiry, answer.Error, manifest, isLast, cancellationToken);
    }

    private static async Task<Finding> WithoutVideosAsync(
        Inquiry inquiry, DingTalkError? error, Manifest? manifest, bool isLast, CancellationToken cancellationToken)
    {
        LookOutcome nothing = error is { Class: ErrorClass.Unclear } ? new LookOutcome.Failed(error) : new LookOutcome.NotReady(error);
        switch (await inquiry.AskWhetherRecordedAsync(isLast, cancellationToken))
        {
            case ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: false }:
                return Conclude(inquiry, new LookOutcome.NotRecorded());
            // The last word waits until there is one, and is not that of somebody who may not look.
            case { Error: { } infoError } when isLast && (infoError.IsTransient || infoError.Class == ErrorClass.Rejected):
                return Conclude(inquiry, new LookOutcome.Failed(infoError));
        }

        return isLast && inquiry.Message.Trigger != Trigger.Recheck && nothing is LookOutcome.NotReady
            ? await FindAtLastAsync(inquiry, error, manifest, cancellationToken)
            : Conclude(inquiry, nothing, manifest);
    }

    // A recording that was deleted after it was written down is not missing, nor is one that somebody else sees.
    private static async Task<Finding> FindAtLastAsync(
        Inquiry inquiry, DingTalkError? error, Manifest? manifest, CancellationToken cancellationToken)
    {
        if (manifest is { Status: ManifestStatus.Recorded })
        {
            return Conclude(inquiry, new LookOutcome.RecordedBefore(), manifest);
        }

        if (inquiry.Lineage is { RecordingAnnounced: false, RecordingConfirmed: false })
        {
            return Conclude(inquiry, new LookOutcome.NotRecorded());
        }

        if (await inquiry.AskOthersForVideosAsync(cancellationToken) is { } found)
        {
            return Conclude(inquiry, found);
        }

        // To write down that there is none would hide the loss of what DingTalk has announced.
        return Conclude(inquiry, inquiry.Lineage.RecordingAnnounced
            ? new LookOutcome.Missing(error)
            : new LookOutcome.NotRecorded(Contradicted: true));
    }

    private static Finding Conclude(Inquiry inquiry, LookOutcome outcome, Manifest? manifest = null)
        => new(new Look(inquiry.Message, inquiry.Lineage), outcome) { Videos = manifest?.Videos ?? [] };

    private static Finding Conclude(Inquiry inquiry, ApiAnswer<IReadOnlyList<Video>>.Ok found)
        => Conclude(inquiry, new LookOutcome.Recorded(MayGrow(inquiry, found.Value))) with
        {
            Videos = found.Value,
            RequestId = found.RequestId,
        };

    // DingTalk puts the parts of a recording together later, and announces that by an event, which may get lost.
    private static bool MayGrow(Inquiry inquiry, IReadOnlyList<Video> videos)
        => !inquiry.Lineage.RecordingAnnounced && videos.All(static video => video.RecordType != Video.Composed);
}
