using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk.Wire;
using MeetingRecordings.Json;
using MeetingRecordings.Manifests;
using MeetingRecordings.Transcripts;

namespace MeetingRecordings.DingTalk;

/// <summary>The part of DingTalk's conference API that knows about recordings. Every call of it is metered.</summary>
/// <param name="http">Calls DingTalk.</param>
/// <param name="tokens">The access tokens.</param>
public sealed class DingTalkClient(DingTalkHttp http, ITokenSource tokens)
{
    /// <summary>The most paragraphs that getTexts gives in one page.</summary>
    public const int MaxParagraphs = 2000;

    // Initialised, ended, started.
    private const int Started = 2;
    private const string TokenHeader = "x-acs-dingtalk-access-token";

    /// <summary>Asks for the videos of a conference's recordings.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="unionId">The user in whose name to ask.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The videos, possibly none; or the error.</returns>
    public async Task<ApiAnswer<IReadOnlyList<Video>>> GetVideosAsync(
        string? corpId, string conferenceId, string unionId, CancellationToken cancellationToken)
        => (await http.CallAsync(
            DingTalkApi.GetVideos,
            tokens.InCorp(corpId),
            token => Get($"{PathOf(conferenceId)}/cloudRecords/getVideos?unionId={Uri.EscapeDataString(unionId)}", token),
            DingTalkJsonContext.Default.GetVideosBody,
            cancellationToken)).Map(ToVideos);

    /// <summary>Asks whether a conference was recorded, and by whom.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ApiAnswer<ConferenceInfo>> GetConferenceInfoAsync(string? corpId, string conferenceId, CancellationToken cancellationToken)
        => (await http.CallAsync(
            DingTalkApi.ConferenceInfo,
            tokens.InCorp(corpId),
            token => Get(PathOf(conferenceId), token),
            DingTalkJsonContext.Default.ConferenceInfoBody,
            cancellationToken)).Map(ToInfo);

    /// <summary>Asks where a video can be fetched.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="unionId">The user in whose name to ask.</param>
    /// <param name="mediaId">The video.</param>
    /// <param name="regionId">Where DingTalk keeps it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ApiAnswer<PlayInfo>> GetPlayInfoAsync(
        string? corpId, string conferenceId, string unionId, string mediaId, string regionId, CancellationToken cancellationToken)
        => (await http.CallAsync(
            DingTalkApi.PlayInfos,
            tokens.InCorp(corpId),
            token => Get(
                $"{PathOf(conferenceId)}/cloudRecords/videos/getPlayInfos?unionId={Uri.EscapeDataString(unionId)}"
                    + $"&mediaId={Uri.EscapeDataString(mediaId)}&regionId={Uri.EscapeDataString(regionId)}",
                token),
            DingTalkJsonContext.Default.PlayInfoBody,
            cancellationToken)).Map(static body => new PlayInfo(
                Uri.TryCreate(body.Mp4FileUrl, UriKind.Absolute, out var url) ? url : null,
                HasPlaylist: !string.IsNullOrEmpty(body.PlayUrl)));

    /// <summary>Asks for a page of what was said in a conference.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="unionId">The user in whose name to ask; null to ask without one.</param>
    /// <param name="nextToken">The token of the page; null for the first one.</param>
    /// <param name="maxParagraphs">The most paragraphs to give, 1 to <see cref="MaxParagraphs"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page, possibly empty; or the error.</returns>
    public async Task<ApiAnswer<TextPage>> GetTextsAsync(
        string? corpId,
        string conferenceId,
        string? unionId,
        string? nextToken,
        int maxParagraphs,
        CancellationToken cancellationToken)
    {
        // DingTalk calls direction 0 "up" and says no more: callers must not rely on the order of pages.
        var user = unionId is null ? "" : $"&unionId={Uri.EscapeDataString(unionId)}";
        var page = nextToken is null ? "" : $"&nextToken={Uri.EscapeDataString(nextToken)}";
        var path = $"{PathOf(conferenceId)}/cloudRecords/getTexts?direction=0&maxResults={maxParagraphs}{user}{page}";
        return (await http.CallAsync(
            DingTalkApi.Texts,
            tokens.InCorp(corpId),
            token => Get(path, token),
            DingTalkJsonContext.Default.GetTextsBody,
            cancellationToken)).Map(ToTexts);
    }

    private static string PathOf(string conferenceId) => $"v1.0/conference/videoConferences/{Uri.EscapeDataString(conferenceId)}";

    private static HttpRequestMessage Get(string path, AccessToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(TokenHeader, token.Value);
        return request;
    }

    private static ConferenceInfo ToInfo(ConferenceInfoBody body)
    {
        var info = body.ConfInfo;
        var endedAt = UnixMilliseconds.ToTimestamp(info?.EndTime);
        return new ConferenceInfo(
            WasRecorded(info?.CloudRecordStatus),
            [.. new[] { info?.CloudRecordOwnerUnionId, info?.CreatorId }.Where(Identifiers.IsPrincipal).OfType<string>().Distinct()])
        {
            IsRunning = info?.Status == Started && endedAt is null,
            EndedAt = endedAt,
            Meeting = MeetingDetails.Of(
                info?.Title, UnixMilliseconds.ToTimestamp(info?.StartTime), info?.CreatorId, info?.ScheduleConferenceId, info?.RoomCode),
        };
    }

    // Not recorded; recording, paused, ended. Nobody knows what a new one would mean.
    private static bool? WasRecorded(long? status) => status switch { 0 => false, 1 or 2 or 3 => true, _ => null };

    private static IReadOnlyList<Video> ToVideos(GetVideosBody body)
        => [.. (body.VideoList ?? []).OfType<RecordedVideo>().Select(ToVideo)];

    private static Video ToVideo(RecordedVideo video) => new()
    {
        RecordId = Known(video.RecordId),
        MediaId = Known(video.MediaId),
        RegionId = Known(video.RegionId),
        RecordType = video.RecordType switch { null => null, 0 => "standard", 1 => Video.Composed, var other => $"type{other}" },
        RecorderUnionId = Known(video.UnionId),
        StartTime = UnixMilliseconds.ToTimestamp(video.StartTime),
        EndTime = UnixMilliseconds.ToTimestamp(video.EndTime),
        DurationMs = Plausible(video.Duration),
        FileSize = Plausible(video.FileSize),
    };

    private static TextPage ToTexts(GetTextsBody body) => new([.. body.Paragraphs.Select(ToParagraph)], body.Token, body.More);

    private static Paragraph ToParagraph(SpokenParagraph spoken) => new()
    {
        Speaker = Known(spoken.NickName),
        UnionId = Known(spoken.UnionId),
        RecordId = Known(spoken.RecordId),
        StartMs = Plausible(spoken.StartTime),
        EndMs = Plausible(spoken.EndTime),
        Text = spoken.Paragraph ?? "",
        Sentences = [.. (spoken.SentenceList ?? []).OfType<SpokenSentence>().Select(ToSentence)],
    };

    private static Sentence ToSentence(SpokenSentence spoken)
        => new(Plausible(spoken.StartTime), Plausible(spoken.EndTime), spoken.Sentence ?? "");

    // Two files whose media ids are both empty are two files.
    private static string? Known(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static long? Plausible(long? value) => Video.IsPlausible(value) ? value : null;
}
