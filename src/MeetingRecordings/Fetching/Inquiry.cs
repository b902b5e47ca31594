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
    private ApiAnswer<ConferenceInfo>? _info;

    /// <summary>The message, with the union id that proved right.</summary>
    public ConferenceMessage Message { get; private set; } = look.Message;

    /// <summary>The lineage, with what was learned.</summary>
    public Lineage Lineage { get; private set; } = look.Message.Trigger == Trigger.RecordingReady
        ? look.Lineage with { RecordingAnnounced = true }
        : look.Lineage;

    /// <summary>Asks for the videos in the name of one known user after the other, each once, until DingTalk recognises one.</summary>
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

            var answer = await dingTalk.GetVideosAsync(Message.CorpId, Message.ConferenceId, unionId, cancellationToken);
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
    /// What conference info says of a recording; null where there is nothing to ask. It is asked once for a lineage, and once more at
    /// its last look, where that decides; never where DingTalk has already announced a recording.
    /// </summary>
    /// <param name="isLast">Whether this look is the last one that waits for the recording.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    public async Task<ApiAnswer<ConferenceInfo>?> AskWhetherRecordedAsync(bool isLast, CancellationToken cancellationToken)
        => Lineage.RecordingConfirmed || Lineage.RecordingAnnounced || Message.Trigger == Trigger.Recheck
            || (Lineage.InfoAsked && _info is null && !isLast)
            ? null
            : await GetInfoAsync(cancellationToken);

    /// <summary>
    /// Asks for the videos in the name of the others whom conference info names, until one sees some: DingTalk does not document who
    /// sees which recordings.
    /// </summary>
    /// <returns>The videos; null where nobody sees any.</returns>
    public async Task<ApiAnswer<IReadOnlyList<Video>>.Ok?> AskOthersForVideosAsync(CancellationToken cancellationToken)
    {
        if (await GetInfoAsync(cancellationToken) is not ApiAnswer<ConferenceInfo>.Ok { Value: var info })
        {
            return null;
        }

        foreach (var unionId in info.UnionIds.Where(id => id != Message.UnionId && !IsRefused(id)).ToList())
        {
            if (await dingTalk.GetVideosAsync(Message.CorpId, Message.ConferenceId, unionId, cancellationToken)
                is ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: > 0 } found)
            {
                Message = Message with { UnionId = unionId };
                return found;
            }
        }

        return null;
    }

    private async Task<(string? UnionId, DingTalkError? InfoError)> NextUnionIdAsync(CancellationToken cancellationToken)
    {
        if (Message.UnionId is not null && !IsRefused(Message.UnionId))
        {
            return (Message.UnionId, null);
        }

        var answer = await GetInfoAsync(cancellationToken);
        return ((answer as ApiAnswer<ConferenceInfo>.Ok)?.Value.UnionIds.FirstOrDefault(id => !IsRefused(id)), answer.Error);
    }

    private DingTalkError NobodyLeft() => Lineage.RefusedUnionIds.Count > 0
        ? new DingTalkError(ErrorTable.UnknownUser, "DingTalk has refused every known user.")
        : new DingTalkError(TransportCodes.NoUnionId, "Neither the notification nor conference info names a user.");

    private async Task<ApiAnswer<ConferenceInfo>> GetInfoAsync(CancellationToken cancellationToken)
    {
        if (_info is null)
        {
            _info = await dingTalk.GetConferenceInfoAsync(Message.CorpId, Message.ConferenceId, cancellationToken);
            Lineage = Lineage with
            {
                InfoAsked = Lineage.InfoAsked || _info.Error is not { IsTransient: true },
                RecordingConfirmed = Lineage.RecordingConfirmed || _info is ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: true },
            };
        }

        return _info;
    }

    private bool IsRefused(string unionId) => Lineage.RefusedUnionIds.Contains(unionId, StringComparer.Ordinal);

    private static ApiAnswer<IReadOnlyList<Video>>.Failed Fail(DingTalkError error) => new(error);
}
