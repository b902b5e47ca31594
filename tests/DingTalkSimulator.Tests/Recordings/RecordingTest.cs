using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DingTalkSimulator.Tests.Recordings;

/// <summary>Asks for play infos, files and texts.</summary>
public abstract class RecordingTest : SimulatorTest
{
    /// <summary>What getPlayInfos answers.</summary>
    protected async Task<(int Status, JsonElement Body)> GetPlayInfosAsync(SimulatedConference conference, SimulatedVideo video)
        => await GetAsync(
            conference, $"videos/getPlayInfos?unionId={conference.CreatorUnionId}&mediaId={video.MediaId}&regionId={video.RegionId}");

    /// <summary>What an API of a conference's recordings answers.</summary>
    protected async Task<(int Status, JsonElement Body)> GetAsync(SimulatedConference conference, string pathAndQuery)
    {
        var path = $"v1.0/conference/videoConferences/{conference.Id}/cloudRecords/{pathAndQuery}";
        using var answer = await CallAsync(path, await GetTokenAsync());
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    /// <summary>A URL of a video's file.</summary>
    protected async Task<Uri> UrlOfAsync(SimulatedConference conference, SimulatedVideo video)
        => new((await GetPlayInfosAsync(conference, video)).Body.GetProperty("mp4FileUrl").GetString()!);

    /// <summary>Asks for a file, or a part of it. Nothing is done about redirects.</summary>
    protected static async Task<HttpResponseMessage> DownloadAsync(Uri url, string? range = null, Action<HttpRequestHeaders>? set = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        set?.Invoke(request.Headers);
        return await Files.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private protected static HttpClient Files { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
}
