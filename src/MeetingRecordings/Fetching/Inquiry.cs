using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Fetching;

/// <summary>
/// The questions of one look, and what it learns on the way: in whose name DingTalk answers, and whether there is anything to wait
/// for. DingTalk meters every call, so each question is asked once, and its answer travels with the message.
/// </summary>
internal sealed class Inquiry(DingTalkClient dingTalk, Look look)
{
    private IReadOnlyList<string> _knownUsers = [];
    private ApiAnswer<ConferenceInfo>? _info;

    /// <summary>The message, with the union id that proved right and what conference info says of the meeting.</summary>
    public ConferenceMessage Message { get; private set; } = look.Message;

    /// <summary>The lineage, with what was learned.</summary>
    public Lineage Lineage { get; private set; } = look.Message.Trigger switch
    {
        Trigger.RecordingReady => look.Lineage with { RecordingAnnounced = true },
        Trigger.SummaryReady => look.Lineage with { RecordingConfirmed = true },
        _ => look.Lineage,
    };

    /// <summary>Takes what a manifest says: who may see the recordings, and that there are some.</summary>
    public void Learn(Manifest manifest)
    {
        _knownUsers =
        [
            .. manifest.Videos.Select(static video => video.RecorderUnionId).Append(manifest.Meeting.OrganizerUnionId)
                .OfType<string>().Where(Identifiers.IsPrincipal).Distinct(),
        ];
        Lineage = Lineage with { RecordingConfirmed = Lineage.RecordingConfirmed || manifest.Status == ManifestStatus.Recorded };
    }

    /// <summary>Goes on as if the end of the meeting had been notified.</summary>
    public void TakeAsEnded() => Message = Message with { Trigger = Trigger.MeetingEnded };

    /// <summary>
    /// What conference info says of a recording; null where there is nothing to ask. It is asked once for a lineage, and once more at
    /// its last look, where that decides; never where a recording is already known of.
    /// </summary>
    /// <param name="isLast">Whether this look is the last one that waits for the recording.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public async Task<ApiAnswer<ConferenceInfo>?> AskWhetherRecordedAsync(bool isLast, CancellationToken cancellationToken)
        => Lineage.RecordingConfirmed || Lineage.RecordingAnnounced || Message.Trigger == Trigger.Recheck
            || (Lineage.InfoAsked && _info is null && !isLast)
            ? null
            : await AskForInfoAsync(cancellationToken);

    /// <summary>What conference info says.</summary>
    public async Task<ApiAnswer<ConferenceInfo>> AskForInfoAsync(CancellationToken cancellationToken)
    {
        if (_info is null)
        {
            _info = await dingTalk.GetConferenceInfoAsync(Message.CorpId, Message.ConferenceId, cancellationToken);
            Learn(_info);
        }

        return _info;
    }

    /// <summary>Asks for the videos in the name of one known user after the other, each once, until DingTalk lets one see them.</summary>
    public async Task<ApiAnswer<IReadOnlyList<Video>>> AskForVideosAsync(CancellationToken cancellationToken)
    {
        ApiAnswer<IReadOnlyList<Video>>? refusal = null;
        while (true)
        {
            var (unionId, infoError) = await NextUnionIdAsync(cancellationToken);
            if (unionId is null)
            {
                // Where conference info may answer later, there may yet be a user who works.
                return infoError is { IsTransient: true } ? Fail(infoError)
                    : refusal ?? Fail(infoError ?? NobodyLeft());
            }

            var answer = await AskForVideosAsync(unionId, cancellationToken);
            if (answer.Error?.Class != ErrorClass.UnknownUser)
            {
                Message = Message with { UnionId = unionId };
                return answer;
            }

            refusal = answer;
            Lineage = Lineage with { RefusedUnionIds = [.. Lineage.RefusedUnionIds, unionId] };
        }
    }

    /// <summary>
    /// Asks for the videos in the name of the others who are known, until one sees some: DingTalk does not document who sees which
    /// recordings.
    /// </summary>
    /// <returns>The videos; null where nobody sees any.</returns>
    public async Task<ApiAnswer<IReadOnlyList<Video>>.Ok?> AskOthersForVideosAsync(CancellationToken cancellationToken)
    {
        if (!Lineage.InfoAsked)
        {
            await AskForInfoAsync(cancellationToken);
        }

        foreach (var unionId in Candidates().Where(id => id != Message.UnionId).ToList())
        {
            if (await AskForVideosAsync(unionId, cancellationToken) is ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found)
            {
                Message = Message with { UnionId = unionId };
                return found;
            }
        }

        return null;
    }

    private void Learn(ApiAnswer<ConferenceInfo> answer)
    {
        Lineage = Lineage with { InfoAsked = Lineage.InfoAsked || answer.Error is not { IsTransient: true } };
        if (answer is not ApiAnswer<ConferenceInfo>.Ok { Value: var info })
        {
            return;
        }

        Lineage = Lineage with
        {
            RecordingConfirmed = Lineage.RecordingConfirmed || info.WasRecorded == true,
            KnownUnionIds = info.UnionIds,
        };
        Message = Message with { Meeting = Message.Meeting?.Merge(info.Meeting) ?? info.Meeting };
        if (info.EndedAt is { } endedAt && Lineage.EndedAtSource == EndedAtSource.Fallback)
        {
            Message = Message with { EndedAt = endedAt };
            Lineage = Lineage with { EndedAtSource = EndedAtSource.Event };
        }
    }

    private async Task<(string? UnionId, DingTalkError? InfoError)> NextUnionIdAsync(CancellationToken cancellationToken)
    {
        if (Candidates().FirstOrDefault() is { } known)
        {
            return (known, null);
        }

        var answer = await AskForInfoAsync(cancellationToken);
        return (Candidates().FirstOrDefault(), answer.Error);
    }

    private IEnumerable<string> Candidates() => new[] { Message.UnionId }.OfType<string>()
        .Concat(_knownUsers).Concat(Lineage.KnownUnionIds).Distinct()
        .Where(id => !Lineage.RefusedUnionIds.Contains(id, StringComparer.Ordinal));

    private Task<ApiAnswer<IReadOnlyList<Video>>> AskForVideosAsync(string unionId, CancellationToken cancellationToken)
        => dingTalk.GetVideosAsync(Message.CorpId, Message.ConferenceId, unionId, cancellationToken);

    private DingTalkError NobodyLeft() => Lineage.RefusedUnionIds.Count > 0
        ? new DingTalkError(ErrorTable.UnknownUser, "DingTalk has refused every known user.")
        : new DingTalkError(TransportCodes.NoUnionId, "Neither the notification nor conference info names a user.");

    private static ApiAnswer<IReadOnlyList<Video>>.Failed Fail(DingTalkError error) => new(error);
}
