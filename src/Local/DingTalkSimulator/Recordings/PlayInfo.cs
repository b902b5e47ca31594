namespace DingTalkSimulator.Recordings;

/// <summary>What getPlayInfos answers.</summary>
/// <param name="PlayUrl">The playlist.</param>
/// <param name="Mp4Url">The file; null where there is none.</param>
/// <param name="Size">The file's length in bytes.</param>
/// <param name="SizeField">What that is called.</param>
/// <param name="Duration">Milliseconds.</param>
internal sealed record PlayInfo(string PlayUrl, string? Mp4Url, long Size, SizeField SizeField, long Duration);
