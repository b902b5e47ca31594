using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MeetingRecordings.Archiving;

/// <summary>What tells one version of a file from another at its source, as far as the source says.</summary>
/// <param name="Length">Its length in bytes; null where the source does not say.</param>
/// <param name="ETag">Its ETag, quotes included; null where the source gives none.</param>
public sealed record SourceIdentity(long? Length, string? ETag)
{
    /// <summary>The length of every <see cref="BlockIdOf"/>, in characters. Blob Storage wants ids of one length.</summary>
    public const int BlockIdLength = 24;

    /// <summary>
    /// The id of a block of this version: its place, its length and the version, in Base64, so that blocks that an earlier slice has left
    /// are known again, and those of another version are not.
    /// </summary>
    public string BlockIdOf(Block block)
    {
        Span<byte> id = stackalloc byte[2 * sizeof(int) + sizeof(ulong)];
        BinaryPrimitives.WriteInt32BigEndian(id, block.Index);
        BinaryPrimitives.WriteInt32BigEndian(id[sizeof(int)..], block.Length);
        var version = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Length}\n{ETag}")));
        version.AsSpan(0, sizeof(ulong)).CopyTo(id[(2 * sizeof(int))..]);
        return Convert.ToBase64String(id);
    }

    /// <summary>Whether an answer may be about this version: what both know is the same.</summary>
    public bool Agrees(SourceIdentity other)
        => (Length is null || other.Length is null || Length == other.Length)
            && (ETag is null || other.ETag is null || ETag == other.ETag);
}
