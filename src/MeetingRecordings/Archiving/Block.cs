namespace MeetingRecordings.Archiving;

/// <summary>A part of a file that is fetched and stored in one piece.</summary>
/// <param name="Index">Its place among the file's blocks, from 0.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct Block(int Index, long Offset, int Length)
{
    /// <summary>The length of every block but the last: 16 MiB.</summary>
    public const int DefaultLength = 16 * 1024 * 1024;

    /// <summary>The most blocks that a blob may have.</summary>
    public const int MaxCount = 50_000;

    /// <summary>Its last byte.</summary>
    public long Last => Offset + Length - 1;

    /// <summary>The blocks of a file.</summary>
    /// <param name="fileLength">The file's length in bytes.</param>
    /// <param name="blockLength">The length of every block but the last.</param>
    public static IReadOnlyList<Block> Cut(long fileLength, int blockLength)
        => [.. Enumerable.Range(0, (int)((fileLength + blockLength - 1) / blockLength)).Select(index => At(index, fileLength, blockLength))];

    private static Block At(int index, long fileLength, int blockLength)
    {
        var offset = (long)index * blockLength;
        return new Block(index, offset, (int)Math.Min(blockLength, fileLength - offset));
    }
}
