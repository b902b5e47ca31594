namespace DingTalkSimulator.Pushing;

/// <summary>Joins JSON objects by their bytes, so that fields which stand twice in one of them stay twice.</summary>
internal static class JsonSplice
{
    /// <summary>One object with the fields of both.</summary>
    public static byte[] Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        => first.Length == 2 ? second.ToArray()
            : second.Length == 2 ? first.ToArray()
            : [.. first[..^1], (byte)',', .. second[1..]];

    /// <summary>An object with one field.</summary>
    public static byte[] Wrap(string name, ReadOnlySpan<byte> value)
        => [.. "{\""u8, .. System.Text.Encoding.UTF8.GetBytes(name), .. "\":"u8, .. value, (byte)'}'];
}
