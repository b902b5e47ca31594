using System.Text.Json.Serialization.Metadata;
using MeetingRecordings.Checkpoints;
using MeetingRecordings.Conferences;
using MeetingRecordings.DingTalk.Wire;
using MeetingRecordings.Json;
using MeetingRecordings.Manifests;

namespace MeetingRecordings.DingTalk;

/// <summary>The part of DingTalk's conference API that knows about recordings.</summary>
/// <param name="http">Calls DingTalk.</param>
/// <param name="tokenSource">The access tokens.</param>
/// <param name="corpId">The organisation in which it is called; null where it is not known.</param>
/// <param name="checkpoints">Told of every step. Default: nobody.</param>
/// <param name="deadline">When all its calls must be through; those that are not give an error. Default: only their own limits count.</param>
public sealed class DingTalkClient(
    DingTalkHttp http,
    ITokenSource tokenSource,
    string? corpId = null,
    ICheckpoints? checkpoints = null,
    Deadline? deadline = null)
{
    private const string TokenHeader = "x-acs-dingtalk-access-token";

    /// <summary>The same, for one look at a conference.</summary>
    /// <param name="corpId">The conference's organisation; null where it is not known.</param>
    /// <param name="deadline">When all calls of the look must be through.</param>
    public DingTalkClient ForLook(string? corpId, Deadline deadline) => new(http, tokenSource, corpId, checkpoints, deadline);

    /// <summary>Asks for the videos of a conference's recordings.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="unionId">The user in whose name to ask.</param>
    /// <param name="cancellationToken">Gives the call up, by an exception.</param>
    /// <returns>The videos, possibly none; or the error.</returns>
    public async Task<ApiAnswer<IReadOnlyList<Video>>> GetVideosAsync(string conferenceId, string unionId, CancellationToken cancellationToken)
        => await GetAsync(
            DingTalkApi.GetVideos,
            $"{PathOf(conferenceId)}/cloudRecords/getVideos?unionId={Uri.EscapeDataString(unionId)}",
            DingTalkJsonContext.Default.GetVideosBody,
            static body => (IReadOnlyList<Video>)[.. (body.VideoList ?? []).OfType<RecordedVideo>().Select(ToVideo)],
            cancellationToken).ConfigureAwait(false);

    /// <summary>Asks whether a conference was recorded, and by whom.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="cancellationToken">Gives the call up, by an exception.</param>
    public async Task<ApiAnswer<ConferenceInfo>> GetConferenceInfoAsync(string conferenceId, CancellationToken cancellationToken)
        => await GetAsync(
            DingTalkApi.ConferenceInfo,
            PathOf(conferenceId),
            DingTalkJsonContext.Default.ConferenceInfoBody,
            static body => new ConferenceInfo(
                WasRecorded(body.ConfInfo?.CloudRecordStatus),
                [.. new[] { body.ConfInfo?.CloudRecordOwnerUnionId, body.ConfInfo?.CreatorId }.Where(Identifiers.IsPrincipal).OfType<string>().Distinct()]),
            cancellationToken).ConfigureAwait(false);

    // Not recorded; recording, paused, ended. Nobody knows what a new one would mean.
    private static bool? WasRecorded(long? status) => status switch { 0 => false, 1 or 2 or 3 => true, _ => null };

    private static string PathOf(string conferenceId) => $"v1.0/conference/videoConferences/{Uri.EscapeDataString(conferenceId)}";

    private static Video ToVideo(RecordedVideo video) => new()
    {
        RecordId = Known(video.RecordId),
        MediaId = Known(video.MediaId),
        RegionId = Known(video.RegionId),
        RecordType = video.RecordType switch { null => null, 0 => "standard", 1 => "composed", var other => $"type{other}" },
        RecorderUnionId = Known(video.UnionId),
        StartTime = UnixMilliseconds.ToTimestamp(video.StartTime),
        EndTime = UnixMilliseconds.ToTimestamp(video.EndTime),
        DurationMs = Plausible(video.Duration),
        FileSize = Plausible(video.FileSize),
    };

    // Two files whose media ids are both empty are two files.
    private static string? Known(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static long? Plausible(long? value) => Video.IsPlausible(value) ? value : null;

    private async Task<ApiAnswer<T>> GetAsync<TBody, T>(
        DingTalkApi api,
        string path,
        JsonTypeInfo<TBody> bodyType,
        Func<TBody, T> map,
        CancellationToken cancellationToken)
        where TBody : class
    {
        var tokens = tokenSource.InCorp(corpId);
        for (var lastTry = false; ; lastTry = true)
        {
            var tokenAnswer = await tokens.GetAsync(deadline, cancellationToken).ConfigureAwait(false);
            if (tokenAnswer is ApiAnswer<AccessToken>.Failed noToken)
            {
                return new ApiAnswer<T>.Failed(noToken.Error);
            }

            var token = ((ApiAnswer<AccessToken>.Ok)tokenAnswer).Value;
            checkpoints?.Pass(Checkpoint.TokenObtained);
            var answer = await http.CallAsync(api, () => CreateRequest(path, token), bodyType, deadline, cancellationToken).ConfigureAwait(false);
            checkpoints?.Pass(Checkpoint.AnswerReceived);
            switch (answer)
            {
                case ApiAnswer<TBody>.Ok ok:
                    return new ApiAnswer<T>.Ok(map(ok.Value), ok.RequestId);
                case ApiAnswer<TBody>.Failed { Error.Class: ErrorClass.InvalidToken } when !lastTry:
                    tokens.Drop(token);
                    continue;
                case ApiAnswer<TBody>.Failed failed:
                    return new ApiAnswer<T>.Failed(failed.Error);
            }
        }
    }

    private static HttpRequestMessage CreateRequest(string path, AccessToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(TokenHeader, token.Value);
        return request;
    }
}
