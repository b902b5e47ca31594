using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Recordings;

/// <summary>
/// A file of any size whose every byte follows from its media id, its version and the byte's place, so that it takes no memory and any
/// part of it can be checked. It begins as an MP4 does.
/// </summary>
/// <param name="MediaId">The video's id.</param>
/// <param name="Version">The number of times that its content has changed.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record MediaFile(string MediaId, int Version, long Length)
{
    private const int WordLength = sizeof(ulong);
    private const int BlockLength = 1024 * 1024;
    private const int FileTypeLength = 32;
    private const int HeaderLength = FileTypeLength + 16;

    /// <summary>Its ETag, quotes included.</summary>
    public string ETag => $"\"{Dice.Mix(Seed):X16}-{Length:x}\"";

    private ulong Seed => Dice.Hash(Version, BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(MediaId))));

    /// <summary>Reads a part of it.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="target">Where the part goes; it must end within the file.</param>
    public void Read(long offset, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + target.Length, Length, nameof(target));
        var seed = Seed;
        Span<byte> word = stackalloc byte[WordLength];
        var at = offset;
        var left = target;
        while (left.Length > 0)
        {
            var (number, skip) = ((ulong)at / WordLength, (int)(at % WordLength));
            if (skip == 0 && left.Length >= WordLength)
            {
                var words = left.Length / WordLength;
                for (var index = 0; index < words; index++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(left[(index * WordLength)..], Dice.Mix(seed + number + (ulong)index));
                }

                at += words * WordLength;
                left = left[(words * WordLength)..];
                continue;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(word, Dice.Mix(seed + number));
            var count = Math.Min(WordLength - skip, left.Length);
            word.Slice(skip, count).CopyTo(left);
            at += count;
            left = left[count..];
        }

        WriteHeader(offset, target);
    }

    /// <summary>The SHA-256 of the whole file.</summary>
    public byte[] ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockLength];
        for (var offset = 0L; offset < Length; offset += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, Length - offset));
            Read(offset, part);
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    // The box that names the format, and the head of the one that holds all the rest.
    private void WriteHeader(long offset, Span<byte> target)
    {
        if (offset >= HeaderLength)
        {
            return;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, FileTypeLength);
        "ftypisom\0\0\u0002\0isomiso2avc1mp41"u8.CopyTo(header[4..]);
        BinaryPrimitives.WriteInt32BigEndian(header[FileTypeLength..], 1);
        "mdat"u8.CopyTo(header[(FileTypeLength + 4)..]);
        BinaryPrimitives.WriteInt64BigEndian(header[(FileTypeLength + 8)..], Length - FileTypeLength);
        var part = header[(int)offset..];
        part[..Math.Min(part.Length, target.Length)].CopyTo(target);
    }
}
