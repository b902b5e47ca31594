namespace MeetingRecordings.DingTalk.Wire;

/// <summary>The body of getVideos. DingTalk may leave an empty list out.</summary>
internal sealed record GetVideosBody(IReadOnlyList<RecordedVideo?>? VideoList);
