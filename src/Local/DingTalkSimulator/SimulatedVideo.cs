namespace DingTalkSimulator;

/// <summary>One entry of <c>videoList</c>.</summary>
/// <param name="RecordId">Shared by all videos of a conference.</param>
/// <param name="MediaId">The video's own id.</param>
/// <param name="UnionId">Who recorded it.</param>
/// <param name="RegionId">Where the file lies.</param>
/// <param name="RecordType">0 for a segment, 1 for a composed file.</param>
/// <param name="StartTime">Milliseconds since 1970.</param>
/// <param name="EndTime">Milliseconds since 1970.</param>
/// <param name="Duration">Milliseconds.</param>
/// <param name="FileSize">Bytes.</param>
public sealed record SimulatedVideo(
    string RecordId,
    string MediaId,
    string UnionId,
    string RegionId,
    long RecordType,
    long StartTime,
    long EndTime,
    long Duration,
    long FileSize);
