using DingTalkSimulator.Faults;

namespace DingTalkSimulator;

/// <summary>A conference that has ended. What may change may be changed at any time, from any thread.</summary>
public sealed class SimulatedConference
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<SimulatedVideo> _videos = [];
    private volatile IReadOnlyList<string> _unionIds;
    private volatile RecordStatus _recordStatus = RecordStatus.Ended;
    private int _getVideosCalls;
    private int _infoCalls;

    internal SimulatedConference(int ordinal, string id, string creatorUnionId, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        Ordinal = ordinal;
        Id = id;
        CreatorUnionId = creatorUnionId;
        RecorderUnionId = creatorUnionId;
        StartedAt = startedAt;
        EndedAt = endedAt;
        _unionIds = [creatorUnionId];
    }

    /// <summary>The conference id.</summary>
    public string Id { get; }

    /// <summary>The number of conferences that were added before it.</summary>
    public int Ordinal { get; }

    /// <summary>The unionId of who called the conference; events carry it.</summary>
    public string CreatorUnionId { get; }

    /// <summary>The unionId of who recorded it; conference info carries it. Default: the creator.</summary>
    public string RecorderUnionId { get; set; }

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset EndedAt { get; }

    /// <summary>Whether it was recorded. Unless that is <see cref="RecordStatus.Ended"/>, getVideos answers cloudRecordNotFound.</summary>
    public RecordStatus RecordStatus
    {
        get => _recordStatus;
        set => _recordStatus = value;
    }

    /// <summary>The videos that getVideos lists. While there are none it answers cloudRecordNotFound.</summary>
    public IReadOnlyList<SimulatedVideo> Videos
    {
        get => _videos;
        set => _videos = value;
    }

    /// <summary>The users in whose name getVideos answers; others are unknownUserError. Default: the creator.</summary>
    public IReadOnlyList<string> UnionIds
    {
        get => _unionIds;
        set => _unionIds = value;
    }

    /// <summary>What getVideos answers before it answers as usual.</summary>
    public AnswerScript Script { get; } = new();

    /// <summary>What conference info answers before it answers as usual.</summary>
    public AnswerScript InfoScript { get; } = new();

    /// <summary>How many times getVideos has been called.</summary>
    public int GetVideosCalls => Volatile.Read(ref _getVideosCalls);

    /// <summary>How many times conference info has been called.</summary>
    public int InfoCalls => Volatile.Read(ref _infoCalls);

    /// <summary>Adds one more video of the same recording, as when a segment is ready later than the others.</summary>
    /// <returns>The new video.</returns>
    public SimulatedVideo AddVideo()
    {
        lock (_gate)
        {
            var video = SimulatedVideos.Next(this, _videos);
            _videos = [.. _videos, video];
            return video;
        }
    }

    /// <summary>Counts a getVideos call.</summary>
    /// <returns>The number of those before it.</returns>
    internal int CountGetVideos() => Interlocked.Increment(ref _getVideosCalls) - 1;

    /// <summary>Counts a call of conference info.</summary>
    /// <returns>The number of those before it.</returns>
    internal int CountInfo() => Interlocked.Increment(ref _infoCalls) - 1;
}
