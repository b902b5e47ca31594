using System.Text;
using BenchmarkDotNet.Attributes;
using MeetingRecordings.DingTalk;
using MeetingRecordings.Manifests;

namespace Benchmarks.DingTalk;

/// <summary>What one getVideos costs beside the network: the request, and parsing and mapping the answer.</summary>
[MemoryDiagnoser]
public class GetVideosBenchmark
{
    private const double Unpaced = 1e8;

    private DingTalkClient _client = null!;

    /// <summary>The videos in the answer.</summary>
    [Params(1, 10, 500)]
    public int Videos { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var options = new DingTalkOptions(new Uri("http://dingtalk.invalid/"), "key", "secret") { CallsPerSecond = Unpaced };
        var clock = TimeProvider.System;

        // Both the token's answer and getVideos', each of which ignores the other's fields.
        var videos = Enumerable.Range(0, Videos).Select(static i =>
            $$"""{"recordId":"4093461987583801554","mediaId":"{{i:x32}}","unionId":"LmGTFd2pPM10rM5NFvUrfIiEiE","regionId":"cn-hangzhou","recordType":0,"startTime":{{1631172094000L + i}},"endTime":{{1631172154000L + i}},"duration":59886,"fileSize":1127942}""");
        var body = $$"""{"accessToken":"token","expireIn":7200,"videoList":[{{string.Join(',', videos)}}]}""";
        var http = new HttpClient(new AnswerFromMemory(Encoding.UTF8.GetBytes(body))) { BaseAddress = options.BaseAddress };
        var caller = new DingTalkHttp(http, options, clock);
        _client = new DingTalkClient(caller, new AccessTokens(caller, options, clock));
        if (await GetVideosAsync() is not ApiAnswer<IReadOnlyList<Video>>.Ok { Value.Count: var count } || count != Videos)
        {
            throw new InvalidOperationException("The videos are not read.");
        }
    }

    /// <summary>All of it.</summary>
    [Benchmark]
    public Task<ApiAnswer<IReadOnlyList<Video>>> GetVideosAsync()
        => _client.GetVideosAsync(null, "6321f0d7c9e77c0b9b6ed400", "LmGTFd2pPM10rM5NFvUrfIiEiE", CancellationToken.None);
}
