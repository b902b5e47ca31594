namespace MeetingRecordings.DingTalk;

/// <summary>Where a video can be fetched. The URL is a secret while it lasts: it is never printed.</summary>
/// <param name="Mp4Url">The file; null where there is none, or what DingTalk gave is no URL.</param>
/// <param name="HasPlaylist">Whether there is a playlist to watch it by.</param>
public sealed record PlayInfo(Uri? Mp4Url, bool HasPlaylist)
{
    /// <inheritdoc />
    public override string ToString() => Mp4Url is null ? "no file" : "a file";
}
