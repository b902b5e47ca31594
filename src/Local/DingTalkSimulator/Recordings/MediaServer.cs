using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Recordings;

/// <summary>Gives out URLs of files, and serves them.</summary>
internal sealed class MediaServer(Ledger ledger, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>The path under which files lie.</summary>
    public const string Path = "/vod";

    private const string Mp4 = "-sd.mp4";
    private const string Playlist = "-sd.m3u8";
    private const string Moved = "-moved";
    private readonly ConcurrentDictionary<string, (SimulatedConference Conference, SimulatedVideo Video)> _published
        = new(StringComparer.Ordinal);

    private readonly MediaUrls _urls = new(clock);

    /// <summary>Makes URLs for a video.</summary>
    /// <param name="request">The call that asks for them, whose host they name.</param>
    /// <param name="conference">The conference.</param>
    /// <param name="video">The video.</param>
    public PlayInfo Publish(HttpRequest request, SimulatedConference conference, SimulatedVideo video)
    {
        _published[video.MediaId] = (conference, video);
        var traits = conference.Traits.Media;
        var field = traits.SizeField != SizeField.Varied ? traits.SizeField
            : conference.Ordinal % 2 == 0 ? SizeField.Size
            : SizeField.FileSize;
        return new PlayInfo(UrlOf(Playlist), traits.HasMp4 ? UrlOf(Mp4) : null, conference.FileOf(video).Length, field, video.Duration);

        string UrlOf(string suffix)
        {
            var path = $"{Path}/{video.MediaId}/{NameOf(video.MediaId, suffix)}{suffix}";
            return $"{request.Scheme}://{request.Host}{_urls.Sign(path, traits.UrlLifetime, conference.UrlGeneration)}";
        }
    }

    /// <summary>Serves a file.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var (path, mediaId) = (context.Request.Path.Value!, (string)context.Request.RouteValues["mediaId"]!);
        if (!_published.TryGetValue(mediaId, out var published))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var (conference, video) = published;
        if (!_urls.Verify(path, context.Request.Query["auth_key"], conference.UrlGeneration))
        {
            await Transfer("expired").SendPageAsync(ScriptedAnswer.Raw.Html(403));
        }
        else if (path.EndsWith(Playlist, StringComparison.Ordinal))
        {
            await Transfer(ApiCall.Ok).SendPageAsync(PlaylistOf(video));
        }
        else
        {
            var scripted = conference.MediaScript.Take();
            var location = scripted is ScriptedAnswer.Redirect redirect
                ? redirect.Location?.ToString() ?? MovedUrlOf(context, conference)
                : null;
            await Transfer(scripted?.Label ?? ApiCall.Ok).SendAsync(scripted, location);
        }

        MediaTransfer Transfer(string code) => new(context, conference, video, code, ledger, clock, stopping);
    }

    private string MovedUrlOf(HttpContext context, SimulatedConference conference)
    {
        var request = context.Request;
        var other = request.Path.Value![..^Mp4.Length] + Moved + Mp4;
        var signed = _urls.Sign(other, conference.Traits.Media.UrlLifetime, conference.UrlGeneration);
        return $"{request.Scheme}://{request.Host}{signed}";
    }

    private static string NameOf(string mediaId, string suffix)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mediaId + suffix)));
        return $"{hash[..32]}-{hash[32..]}";
    }

    private static ScriptedAnswer.Raw PlaylistOf(SimulatedVideo video)
    {
        var seconds = Math.Ceiling(video.Duration / 1000.0).ToString(CultureInfo.InvariantCulture);
        return new ScriptedAnswer.Raw(
            200,
            "application/vnd.apple.mpegurl",
            $"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{seconds}\n#EXTINF:{seconds},\nsegment-00001.ts\n#EXT-X-ENDLIST\n");
    }
}
