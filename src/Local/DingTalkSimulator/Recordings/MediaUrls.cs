using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DingTalkSimulator.Recordings;

/// <summary>Signs the URLs of files as Alibaba's video service does, so that they expire.</summary>
/// <remarks>
/// Source: Alibaba Cloud CDN, "Type A signing". That DingTalk's files are signed so is likely and not documented; a URL of the sister
/// service was.
/// </remarks>
internal sealed class MediaUrls(TimeProvider clock)
{
    private const string KeyName = "auth_key";
    private const string Uid = "0";
    private readonly string _secret = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Signs a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="lifetime">How long the signature holds.</param>
    /// <param name="generation">The conference's generation of URLs.</param>
    /// <returns>The path and its query.</returns>
    public string Sign(string path, TimeSpan lifetime, int generation)
    {
        var expiry = (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var random = generation.ToString("x8", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(8, lowercase: true);
        return $"{path}?{KeyName}={expiry}-{random}-{Uid}-{SignatureOf(path, expiry, random)}";
    }

    /// <summary>Whether a signature holds.</summary>
    /// <param name="path">The path.</param>
    /// <param name="key">The parameter of the query.</param>
    /// <param name="generation">The conference's generation of URLs; older ones do not hold.</param>
    public bool Verify(string path, string? key, int generation)
        => key?.Split('-') is [var expiry, var random, Uid, var signature]
            && signature == SignatureOf(path, expiry, random)
            && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(expiry, CultureInfo.InvariantCulture)
            && int.Parse(random.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >= generation;

    [SuppressMessage("Security", "CA5351", Justification = "It is what the service that is played uses.")]
    private string SignatureOf(string path, string expiry, string random)
        => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{path}-{expiry}-{random}-{Uid}-{_secret}")));
}
