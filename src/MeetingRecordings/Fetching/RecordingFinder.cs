using System.Globalization;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Fetching;

/// <summary>Finds out what there is of a conference's recordings: asks DingTalk, in the name of whoever may see them.</summary>
/// <param name="dingTalk">DingTalk's API.</param>
/// <param name="manifests">What was found before.</param>
/// <param name="policy">Says which look is the last.</param>
/// <param name="clock">The time.</param>
public sealed class RecordingFinder(DingTalkClient dingTalk, ManifestKeeper manifests, RecoveryPolicy policy, TimeProvider clock)
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
        return finding;
    }

    private async Task<Finding> FindAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var answer = await inquiry.AskForVideosAsync(cancellationToken);
        if (answer is ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found)
        {
            return Conclude(inquiry, found);
        }

        if (answer.Error is { } error and not { Class: ErrorClass.NotReady or ErrorClass.Unclear })
        {
            return Conclude(inquiry, new LookOutcome.Failed(error));
        }

        LookOutcome nothing = answer.Error is { Class: ErrorClass.Unclear } unclear
            ? new LookOutcome.Failed(unclear)
            : new LookOutcome.NotReady(answer.Error);
        var isLast = policy.IsLastLook(inquiry.Lineage);
        return await inquiry.AskWhetherRecordedAsync(isLast, cancellationToken) switch
        {
            ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: false } => Conclude(inquiry, new LookOutcome.NotRecorded()),
            // The last word waits until there is one.
            { Error: { IsTransient: true } infoError } when isLast => Conclude(inquiry, new LookOutcome.Failed(infoError)),
            _ => isLast && inquiry.Message.Trigger != Trigger.Recheck && nothing is LookOutcome.NotReady
                ? await FindAtLastAsync(inquiry, answer.Error, cancellationToken)
                : Conclude(inquiry, nothing),
        };
    }

    // A recording that was deleted after it was written down is not missing, nor is one that somebody else sees.
    private async Task<Finding> FindAtLastAsync(Inquiry inquiry, DingTalkError? error, CancellationToken cancellationToken)
    {
        if (inquiry.Lineage is { RecordingAnnounced: false, RecordingConfirmed: false })
        {
            return Conclude(inquiry, new LookOutcome.NotRecorded());
        }

        if (await manifests.FindRecordedAsync(inquiry.Message.ConferenceId, cancellationToken) is { } known)
        {
            return Conclude(inquiry, known);
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

    private static Finding Conclude(Inquiry inquiry, LookOutcome outcome) => new(new Look(inquiry.Message, inquiry.Lineage), outcome);

    private static Finding Conclude(Inquiry inquiry, ApiAnswer<IReadOnlyList<Video>>.Ok found)
        => Conclude(inquiry, new LookOutcome.Recorded()) with { Videos = found.Value, RequestId = found.RequestId };
}
