using System.Net;
using MeetingRecordings.Archiving;

namespace MeetingRecordings.Tests.Archiving;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("https://vod.mcs.dingtalk.com/a.mp4?auth_key=1", true)]
    [InlineData("https://VOD.MCS.DINGTALK.COM/a.mp4", true)]
    [InlineData("https://dingtalk.com/a.mp4", false)]
    [InlineData("https://dingtalk.com.evil.example/a.mp4", false)]
    [InlineData("https://evildingtalk.com/a.mp4", false)]
    [InlineData("https://user:secret@vod.mcs.dingtalk.com/a.mp4", false)]
    [InlineData("http://vod.mcs.dingtalk.com/a.mp4", false)]
    [InlineData("ftp://vod.mcs.dingtalk.com/a.mp4", false)]
    [InlineData("https://127.0.0.1/a.mp4", false)]
    [InlineData("http://127.0.0.1/a.mp4", false)]
    [InlineData("https://[::1]/a.mp4", false)]
    public void By_default_files_come_from_DingTalk_over_https(string url, bool allowed)
        => Assert.Equal(allowed, new AllowedHosts(AllowedHosts.Default).Allows(new Uri(url)));

    [Theory]
    [InlineData("http://127.0.0.1:5100/a.mp4", true)]
    [InlineData("http://[::1]:5100/a.mp4", true)]
    [InlineData("http://localhost/a.mp4", false)]
    [InlineData("http://10.0.0.1/a.mp4", false)]
    public void Http_is_for_this_machine_alone_where_it_is_named(string url, bool allowed)
        => Assert.Equal(allowed, new AllowedHosts(["127.0.0.1", "::1", "10.0.0.1"]).Allows(new Uri(url)));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_addresses_of_the_internet_are_connected_to(string address, bool allowed)
        => Assert.Equal(allowed, new AllowedHosts(["*.dingtalk.com"]).Allows("vod.mcs.dingtalk.com", IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("localhost", "::1", true)]
    [InlineData("localhost", "10.0.0.1", false)]
    [InlineData("vod.local.test", "127.0.0.1", false)]
    public void This_machine_is_connected_to_only_where_its_name_is_listed_itself(string host, string address, bool allowed)
        => Assert.Equal(allowed, new AllowedHosts(["localhost", "*.local.test"]).Allows(host, IPAddress.Parse(address)));

    [Theory]
    [InlineData("vod.mcs.dingtalk.com", true)]
    [InlineData("*.dingtalk.com", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("*", false)]
    [InlineData("*.127.0.0.1", false)]
    [InlineData("https://vod.mcs.dingtalk.com", false)]
    [InlineData("vod.*.dingtalk.com", false)]
    [InlineData("", false)]
    public void A_pattern_is_a_name_or_everything_below_one(string text, bool isPattern) => Assert.Equal(isPattern, AllowedHosts.IsPattern(text));
}
