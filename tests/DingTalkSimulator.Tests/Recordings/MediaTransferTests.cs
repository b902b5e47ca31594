using System.Net.Http.Headers;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Tests.Recordings;

public sealed class MediaTransferTests : RecordingTest
{
    private const int Length = 1_000_003;

    [Fact]
    public async Task A_whole_file_arrives_as_it_is()
    {
        var (conference, url) = await AddAsync();

        using var answer = await DownloadAsync(url);

        var headers = answer.Content.Headers;
        Assert.Equal((200, "video/mp4", Length), ((int)answer.StatusCode, headers.ContentType?.MediaType, headers.ContentLength));
        Assert.Equal("bytes", answer.Headers.AcceptRanges.Single());
        Assert.Equal(FileOf(conference).ETag, answer.Headers.ETag?.ToString());
        Assert.Equal(PartOf(conference, 0, Length), await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((1, (long)Length), (Server.Ledger.TotalsOf(conference.Id).MediaRequests, Server.Ledger.Totals.MediaBytes));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=500-1499", 500, 1000)]
    [InlineData("bytes=1000000-", 1_000_000, 3)]
    [InlineData("bytes=1000000-9999999", 1_000_000, 3)]
    [InlineData("bytes=-5", Length - 5, 5)]
    [InlineData("bytes=-2000000", 0, Length)]
    [InlineData("BYTES=7 - 8", 7, 2)]
    public async Task A_part_is_what_was_asked_for(string range, int first, int length)
    {
        var (conference, url) = await AddAsync();

        using var answer = await DownloadAsync(url, range);

        Assert.Equal(206, (int)answer.StatusCode);
        Assert.Equal($"bytes {first}-{first + length - 1}/{Length}", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(PartOf(conference, first, length), await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=x-")]
    [InlineData("bytes=")]
    [InlineData("pages=1-2")]
    public async Task A_range_that_makes_no_sense_is_ignored(string range)
    {
        var (_, url) = await AddAsync();

        using var answer = await DownloadAsync(url, range);

        Assert.Equal((200, Length), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_part_beyond_the_end_is_refused_with_the_length()
    {
        var (_, url) = await AddAsync();

        using var answer = await DownloadAsync(url, $"bytes={Length}-");

        Assert.Equal((416, $"bytes */{Length}"), ((int)answer.StatusCode, answer.Content.Headers.ContentRange?.ToString()));
    }

    [Fact]
    public async Task A_part_of_another_version_is_not_given()
    {
        var (conference, url) = await AddAsync();
        var etag = EntityTagHeaderValue.Parse(FileOf(conference).ETag);
        conference.ChangeFiles();

        using var whole = await DownloadAsync(url, "bytes=0-9", headers => headers.IfRange = new RangeConditionHeaderValue(etag));
        using var nothing = await DownloadAsync(url, "bytes=0-9", headers => headers.IfMatch.Add(etag));
        using var part = await DownloadAsync(
            url,
            "bytes=0-9",
            headers => headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(FileOf(conference).ETag)));

        Assert.Equal((200, 412, 206), ((int)whole.StatusCode, (int)nothing.StatusCode, (int)part.StatusCode));
    }

    [Fact]
    public async Task A_url_holds_for_its_time_and_its_path_only()
    {
        var (conference, url) = await AddAsync(new MediaTraits { UrlLifetime = TimeSpan.FromMinutes(10) });
        var other = await UrlOfAsync(conference, conference.Videos[1]);

        Assert.Equal(403, await StatusOfAsync(new Uri(url, $"{other.AbsolutePath}{url.Query}")));
        Assert.Equal(403, await StatusOfAsync(new Uri(url, url.AbsolutePath)));
        Assert.Equal(403, await StatusOfAsync(new Uri(url, $"{url.AbsolutePath}?auth_key=1-2-0-3")));
        Assert.Equal(404, await StatusOfAsync(new Uri(url, $"/vod/nothing/x-sd.mp4{url.Query}")));
        Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await StatusOfAsync(url));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(403, await StatusOfAsync(url));
        Assert.Equal(200, await StatusOfAsync(await UrlOfAsync(conference, conference.Videos[0])));
        Assert.Equal("expired", Server.Ledger.MediaRequestsOf(conference.Id)[^2].Code);
    }

    [Fact]
    public async Task A_url_that_expires_midway_is_followed_by_one_that_holds()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.Usual(), 2).Add(new ScriptedAnswer.Expired());

        int[] statuses = [await StatusOfAsync(url), await StatusOfAsync(url), await StatusOfAsync(url), await StatusOfAsync(url)];
        Assert.Equal([200, 200, 403, 403], statuses);
        Assert.Equal(200, await StatusOfAsync(await UrlOfAsync(conference, conference.Videos[0])));
    }

    [Fact]
    public async Task A_source_may_ignore_ranges_once_or_always()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.NoRange());
        var (_, never) = await AddAsync(new MediaTraits { Ranges = false });

        using var once = await DownloadAsync(url, "bytes=0-9");
        using var then = await DownloadAsync(url, "bytes=0-9");
        using var always = await DownloadAsync(never, "bytes=0-9");

        Assert.Equal((200, 206, 200), ((int)once.StatusCode, (int)then.StatusCode, (int)always.StatusCode));
        Assert.Equal((Length, Length), (once.Content.Headers.ContentLength, always.Content.Headers.ContentLength));
        Assert.Empty(always.Headers.AcceptRanges);
    }

    [Fact]
    public async Task A_source_may_have_no_ETag_and_no_length()
    {
        var (conference, url) = await AddAsync(new MediaTraits { ETag = false, ContentLength = false });

        using var answer = await DownloadAsync(url, "bytes=0-9");

        Assert.Null(answer.Headers.ETag);
        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.True(answer.Headers.TransferEncodingChunked);
        Assert.Equal(PartOf(conference, 0, 10), await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_page_of_html_may_come_with_200()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(ScriptedAnswer.Raw.Html(200));

        using var answer = await DownloadAsync(url, "bytes=0-9");

        Assert.Equal((200, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("<html>", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_be_shorter_than_its_range()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.Truncated());

        using var answer = await DownloadAsync(url, "bytes=0-99");

        Assert.Equal("bytes 0-99/1000003", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(PartOf(conference, 0, 50), await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_body_may_break_off()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.BrokenOff()).Add(new ScriptedAnswer.Reset());

        using var answer = await DownloadAsync(url);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Stop));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => DownloadAsync(url));

        Assert.Equal(["brokenOff", "reset"], Server.Ledger.MediaRequests.Select(request => request.Code).Take(2));
        Assert.Equal(Length / 2, Server.Ledger.MediaRequests[0].Bytes);
    }

    [Fact]
    public async Task A_part_may_be_another_than_was_asked_for()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.WrongRange());

        using var answer = await DownloadAsync(url, "bytes=10-19");

        Assert.Equal("bytes 11-20/1000003", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(PartOf(conference, 11, 10), await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_file_may_change_midway_for_good()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.Usual()).Add(new ScriptedAnswer.NewVersion());

        var tags = new List<string?>();
        for (var request = 0; request < 3; request++)
        {
            using var answer = await DownloadAsync(url, "bytes=100-199");
            tags.Add(answer.Headers.ETag?.ToString());
            Assert.Equal(PartOf(conference, 100, 100), await answer.Content.ReadAsByteArrayAsync(Stop));
        }

        Assert.NotEqual(tags[0], tags[1]);
        Assert.Equal(tags[1], tags[2]);
    }

    [Fact]
    public async Task A_redirect_leads_elsewhere_or_to_the_same_file()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript
            .Add(new ScriptedAnswer.Redirect(new Uri("http://169.254.169.254/latest")))
            .Add(new ScriptedAnswer.Redirect(null));

        using var astray = await DownloadAsync(url);
        using var moved = await DownloadAsync(url);
        using var file = await DownloadAsync(moved.Headers.Location!);

        Assert.Equal((302, "http://169.254.169.254/latest"), ((int)astray.StatusCode, astray.Headers.Location?.ToString()));
        Assert.NotEqual(url.AbsolutePath, moved.Headers.Location!.AbsolutePath);
        Assert.Equal(PartOf(conference, 0, Length), await file.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_slow_source_takes_the_time_that_its_rate_calls_for()
    {
        var (conference, url) = await AddAsync(new MediaTraits { BytesPerSecond = 1000 });

        using var answer = await DownloadAsync(url, "bytes=0-249");
        var body = answer.Content.ReadAsByteArrayAsync(Stop);
        await Clock.PassAsync(TimeSpan.FromMilliseconds(100), Stop);
        await Clock.PassAsync(TimeSpan.FromMilliseconds(100), Stop);

        Assert.Equal(PartOf(conference, 0, 250), await body);
    }

    [Fact]
    public async Task A_pause_in_the_middle_ends_with_its_time()
    {
        var (conference, url) = await AddAsync();
        conference.MediaScript.Add(new ScriptedAnswer.SlowBody(TimeSpan.FromSeconds(30)));

        using var answer = await DownloadAsync(url);
        var body = answer.Content.ReadAsByteArrayAsync(Stop);
        await Clock.PassAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Equal(PartOf(conference, 0, Length), await body);
    }

    [Fact]
    public async Task HEAD_tells_everything_but_the_bytes()
    {
        var (conference, url) = await AddAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, url);

        using var answer = await Files.SendAsync(request, Stop);

        Assert.Equal((200, Length), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal(FileOf(conference).ETag, answer.Headers.ETag?.ToString());
        Assert.Equal(0, Server.Ledger.MediaRequests.Single().Bytes);
    }

    [Fact]
    public async Task Files_are_no_calls_of_the_api_and_not_metered()
    {
        var (conference, url) = await AddAsync();
        var (calls, metered) = (Server.Ledger.Totals.Calls, Tenant.Meter.Current.Calls);

        using var answer = await DownloadAsync(url);
        await answer.Content.ReadAsByteArrayAsync(Stop);

        Assert.Equal((calls, metered), (Server.Ledger.Totals.Calls, Tenant.Meter.Current.Calls));
        Assert.Equal(1, Server.Ledger.CountOf(conference.Id, ApiOperation.PlayInfos));
    }

    private static MediaFile FileOf(SimulatedConference conference) => conference.FileOf(conference.Videos[0]);

    private static byte[] PartOf(SimulatedConference conference, long offset, int length)
    {
        var part = new byte[length];
        FileOf(conference).Read(offset, part);
        return part;
    }

    private async Task<(SimulatedConference Conference, Uri Url)> AddAsync(MediaTraits? media = null)
    {
        var conference = Tenant.AddConference(new MeetingPlan
        {
            VideoBytes = Length,
            Traits = new MeetingTraits { Media = media ?? new MediaTraits() },
        });
        return (conference, await UrlOfAsync(conference, conference.Videos[0]));
    }

    private static async Task<int> StatusOfAsync(Uri url)
    {
        using var answer = await DownloadAsync(url);
        return (int)answer.StatusCode;
    }
}
