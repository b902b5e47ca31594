using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings;

/// <summary>
/// One look at a conference, with what it learns on the way: in whose name DingTalk answers, and whether there is anything
/// to wait for. Every call is metered by DingTalk, so each question is asked once and its answer travels with the message.
/// </summary>
internal sealed class ConferenceLook(DingTalkClient dingTalk, ConferenceMessage message, Lineage lineage)
{
    private readonly DingTalkClient _dingTalk = dingTalk.InCorp(message.CorpId);
    private ApiAnswer<ConferenceInfo>? _info;

    /// <summary>The message, with the union id that proved right.</summary>
    public ConferenceMessage Message { get; private set; } = message;

    /// <summary>The lineage, with what was learned.</summary>
    public Lineage Lineage { get; private set; } = lineage;

    /// <summary>DingTalk's id of the request that gave the videos.</summary>
    public string? RequestId { get; set; }

    /// <summary>Asks for the videos in the name of one known user after the other, each once, until DingTalk knows one.</summary>
    public async Task<ApiAnswer<IReadOnlyList<Video>>> GetVideosAsync(CancellationToken cancellationToken)
    {
        ApiAnswer<IReadOnlyList<Video>>? refusal = null;
        while (true)
        {
            var (unionId, infoError) = await NextUnionIdAsync(cancellationToken).ConfigureAwait(false);
            if (unionId is null)
            {
                // Where conference info may answer later, there may yet be a user who works.
                return infoError is { IsTransient: true } ? Fail(infoError)
                    : refusal ?? Fail(infoError ?? NobodyLeft());
            }

            var answer = await _dingTalk.GetVideosAsync(Message.ConferenceId, unionId, cancellationToken).ConfigureAwait(false);
            if (answer is not ApiAnswer<IReadOnlyList<Video>>.Failed { Error.Class: ErrorClass.UnknownUser })
            {
                Message = Message with { UnionId = unionId };
                return answer;
            }

            refusal = answer;
            Lineage = Lineage with { RefusedUnionIds = [.. Lineage.RefusedUnionIds, unionId] };
        }
    }

    /// <summary>
    /// Whether conference info rules a recording out. It is asked until it has confirmed one, and not where DingTalk has
    /// already announced one.
    /// </summary>
    public async Task<bool> WasNeverRecordedAsync(CancellationToken cancellationToken)
    {
        if (Lineage.RecordingConfirmed || Message.Trigger is Trigger.Recheck or Trigger.RecordingReady)
        {
            return false;
        }

        var recorded = await GetInfoAsync(cancellationToken).ConfigureAwait(false) is ApiAnswer<ConferenceInfo>.Ok info ? info.Value.WasRecorded : null;
        Lineage = Lineage with { RecordingConfirmed = recorded == true };
        return recorded == false;
    }

    private async Task<(string? UnionId, DingTalkError? InfoError)> NextUnionIdAsync(CancellationToken cancellationToken)
    {
        if (Message.UnionId is not null && !IsRefused(Message.UnionId))
        {
            return (Message.UnionId, null);
        }

        return await GetInfoAsync(cancellationToken).ConfigureAwait(false) switch
        {
            ApiAnswer<ConferenceInfo>.Ok info => (info.Value.UnionIds.FirstOrDefault(id => !IsRefused(id)), null),
            ApiAnswer<ConferenceInfo>.Failed failed => (null, failed.Error),
            var unknown => throw new InvalidOperationException($"{unknown.GetType()} is no answer that is known here."),
        };
    }

    private DingTalkError NobodyLeft() => Lineage.RefusedUnionIds.Count > 0
        ? new DingTalkError(ErrorTable.UnknownUser, "DingTalk has refused every known user.")
        : new DingTalkError(TransportCodes.NoUnionId, "Neither the notification nor conference info names a user.");

    private async Task<ApiAnswer<ConferenceInfo>> GetInfoAsync(CancellationToken cancellationToken)
        => _info ??= await _dingTalk.GetConferenceInfoAsync(Message.ConferenceId, cancellationToken).ConfigureAwait(false);

    private bool IsRefused(string unionId) => Lineage.RefusedUnionIds.Contains(unionId, StringComparer.Ordinal);

    private static ApiAnswer<IReadOnlyList<Video>>.Failed Fail(DingTalkError error) => new(error);
}
