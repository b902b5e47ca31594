using System.Net;

namespace MeetingRecordings.Archiving;

/// <summary>
/// From where files may be fetched. The URLs come from DingTalk; should somebody ever put others in their place, they must not lead into
/// the network that the app is in.
/// </summary>
public sealed class AllowedHosts
{
    private const string Wildcard = "*.";

    private readonly string[] _patterns;

    /// <summary>Creates a list.</summary>
    /// <param name="patterns">Host names; <c>*.example.com</c> is every name below <c>example.com</c>.</param>
    public AllowedHosts(IEnumerable<string> patterns) => _patterns = [.. patterns];

    /// <summary>DingTalk's hosts, and those of the storage that it uses.</summary>
    public static IReadOnlyList<string> Default { get; } = ["*.dingtalk.com", "*.dingtalk.io", "*.aliyuncs.com"];

    /// <summary>What a pattern must look like, in words.</summary>
    public const string Grammar = "host names such as vod.mcs.dingtalk.com, or *.dingtalk.com for all below, with commas between";

    /// <summary>Whether a text is a pattern.</summary>
    public static bool IsPattern(string text)
    {
        var name = text.StartsWith(Wildcard, StringComparison.Ordinal) ? text[Wildcard.Length..] : text;
        return Uri.CheckHostName(name) is UriHostNameType.Dns || (name.Length == text.Length && IPAddress.TryParse(name, out _));
    }

    /// <summary>
    /// Whether a URL may be asked for: https to a host of the list, without credentials of its own; http for this machine alone, where the
    /// list names it.
    /// </summary>
    public bool Allows(Uri url)
        => url.IsAbsoluteUri
            && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && IsListed(url.IdnHost);

    /// <summary>Whether a connection may be made to what a host's name stands for: an address of the internet, or this machine where the list names it.</summary>
    public bool Allows(string host, IPAddress address)
        => PublicAddress.IsPublic(address) || (IPAddress.IsLoopback(address) && IsNamed(host));

    private bool IsListed(string host)
        => IsNamed(host)
            || Array.Exists(_patterns, pattern
                => pattern.StartsWith(Wildcard, StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));

    private bool IsNamed(string host) => _patterns.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
