using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.Fetching;

/// <summary>
/// One look at a conference, with what it learns on the way: in whose name DingTalk answers, and whether there is anything
/// to wait for. Every call is metered by DingTalk, so each question is asked once and its answer travels with the message.
/// </summary>
internal sealed class ConferenceLook(DingTalkClient dingTalk, ConferenceMessage message, Lineage lineage)
{
    private ApiAnswer<ConferenceInfo>? _info;

    /// <summary>The message, with the union id that proved right.</summary>
    public ConferenceMessage Message { get; private set; } = message;

    /// <summary>The lineage, with what was learned.</summary>
    public Lineage Lineage { get; private set; } = message.Trigger == Trigger.RecordingReady ? lineage with { RecordingAnnounced = true } : lineage;

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

            var answer = await dingTalk.GetVideosAsync(Message.ConferenceId, unionId, cancellationToken).ConfigureAwait(false);
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
    /// What conference info says of a recording; null where there is nothing to ask. It is asked once for a lineage, and once
    /// more at its last look, where that decides; never where DingTalk has already announced a recording.
    /// </summary>
    /// <param name="isLast">Whether this look is the last one for which the recording is waited.</param>
    /// <param name="cancellationToken">Gives the look up, by an exception.</param>
    public async Task<ApiAnswer<ConferenceInfo>?> AskWhetherRecordedAsync(bool isLast, CancellationToken cancellationToken)
        => Lineage.RecordingConfirmed || Lineage.RecordingAnnounced || Message.Trigger == Trigger.Recheck || (Lineage.InfoAsked && _info is null && !isLast)
            ? null
            : await GetInfoAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Asks for the videos in the name of the others whom conference info names, until one sees some. DingTalk does not document
    /// who sees which recordings, so this is for a recording that would be given up as missing otherwise.
    /// </summary>
    /// <param name="cancellationToken">Gives the look up, by an exception.</param>
    /// <returns>The videos; null where nobody sees any.</returns>
    public async Task<ApiAnswer<IReadOnlyList<Video>>.Ok?> GetVideosOfOthersAsync(CancellationToken cancellationToken)
    {
        if (await GetInfoAsync(cancellationToken).ConfigureAwait(false) is not ApiAnswer<ConferenceInfo>.Ok info)
        {
            return null;
        }

        foreach (var unionId in info.Value.UnionIds.Where(id => id != Message.UnionId && !IsRefused(id)).ToList())
        {
            if (await dingTalk.GetVideosAsync(Message.ConferenceId, unionId, cancellationToken).ConfigureAwait(false)
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
    {
        if (_info is null)
        {
            _info = await dingTalk.GetConferenceInfoAsync(Message.ConferenceId, cancellationToken).ConfigureAwait(false);
            Lineage = Lineage with
            {
                InfoAsked = Lineage.InfoAsked || _info is not ApiAnswer<ConferenceInfo>.Failed { Error.IsTransient: true },
                RecordingConfirmed = Lineage.RecordingConfirmed || _info is ApiAnswer<ConferenceInfo>.Ok { Value.WasRecorded: true },
            };
        }

        return _info;
    }

    private bool IsRefused(string unionId) => Lineage.RefusedUnionIds.Contains(unionId, StringComparer.Ordinal);

    private static ApiAnswer<IReadOnlyList<Video>>.Failed Fail(DingTalkError error) => new(error);
}
