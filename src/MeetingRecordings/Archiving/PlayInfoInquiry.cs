using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Archiving;

/// <summary>Asks where a video can be fetched, in the name of one known user after the other, and remembers who was refused.</summary>
internal sealed class PlayInfoInquiry(DingTalkClient dingTalk, Slice slice)
{
    /// <summary>The slice, with what was learned.</summary>
    public Slice Slice { get; private set; } = slice;

    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>Asks.</summary>
    public async Task<ApiAnswer<PlayInfo>> AskAsync(CancellationToken cancellationToken)
    {
        ApiAnswer<PlayInfo>? refusal = null;
        foreach (var unionId in Candidates().ToList())
        {
            var message = Slice.Message;
            Calls++;
            var answer = await dingTalk.GetPlayInfoAsync(
                message.CorpId, message.ConferenceId, unionId, message.MediaId!, message.RegionId!, cancellationToken);
            if (answer.Error?.Class != ErrorClass.UnknownUser)
            {
                Slice = Slice with { Message = message with { UnionId = unionId } };
                return answer;
            }

            refusal = answer;
            Slice = Slice with { Lineage = Slice.Lineage with { RefusedUnionIds = [.. Slice.Lineage.RefusedUnionIds, unionId] } };
        }

        return refusal ?? new ApiAnswer<PlayInfo>.Failed(new DingTalkError(TransportCodes.NoUnionId, "No user is known who may see the video."));
    }

    private IEnumerable<string> Candidates() => new[] { Slice.Message.UnionId }.OfType<string>()
        .Concat(Slice.Lineage.KnownUnionIds).Distinct()
        .Where(id => !Slice.Lineage.RefusedUnionIds.Contains(id, StringComparer.Ordinal));
}
