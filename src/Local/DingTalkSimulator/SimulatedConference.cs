using DingTalkSimulator.Faults;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator;

/// <summary>A conference that has ended, or will. What may change may be changed at any time, from any thread.</summary>
public sealed class SimulatedConference
{
    private static readonly int EventKinds = Enum.GetValues<PushedEvent>().Length;
    private static readonly int Operations = Enum.GetValues<ApiOperation>().Length;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly int[] _pushes = new int[EventKinds];
    private volatile IReadOnlyList<MadeVideo> _segments = [];
    private volatile IReadOnlyList<string>? _unionIds;
    private volatile MeetingTraits _traits;
    private volatile RecordStatus _recordStatus = RecordStatus.Ended;
    private SimulatedVideo? _composed;
    private readonly int[] _calls = new int[Operations];
    private readonly long? _videoBytes;
    private int _fileVersion;
    private int _urlGeneration;

    internal SimulatedConference(int ordinal, MeetingPlan plan, TimeProvider clock)
    {
        _clock = clock;
        _traits = plan.Traits!;
        _videoBytes = plan.VideoBytes;
        Ordinal = ordinal;
        Id = plan.ConferenceId!;
        CreatorUnionId = plan.CreatorUnionId!;
        RecorderUnionId = plan.OwnerUnionId!;
        StartedAt = plan.StartedAt!.Value;
        EndedAt = Milliseconds(clock.GetUtcNow() + plan.EndsIn);
        Title = plan.Title ?? MeetingVariety.TitleOf(ordinal);
        RoomCode = plan.RoomCode ?? MeetingVariety.RoomCodeOf(ordinal);
        BizType = plan.BizType ?? MeetingVariety.BizTypeOf(ordinal);
        ScheduleConferenceId = plan.ScheduleConferenceId ?? (BizType == MeetingVariety.Scheduled ? MeetingVariety.ScheduleOf(Id) : null);
        for (var video = 0; video < plan.Videos; video++)
        {
            Add(null);
        }
    }

    /// <summary>The conference id.</summary>
    public string Id { get; }

    /// <summary>The number of conferences that were added before it.</summary>
    public int Ordinal { get; }

    /// <summary>The unionId of who called the conference; events carry it.</summary>
    public string CreatorUnionId { get; }

    /// <summary>The unionId of who recorded it, and owns the recording; conference info carries it.</summary>
    public string RecorderUnionId { get; set; }

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended or will end, UTC.</summary>
    public DateTimeOffset EndedAt { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _clock.GetUtcNow() >= EndedAt;

    /// <summary>Its title, which may hold any text.</summary>
    public string Title { get; }

    /// <summary>Its bizType: <c>0</c>, <c>3</c> for a scheduled one, <c>audio_conf</c>, …</summary>
    public string BizType { get; }

    /// <summary>The digits by which people join, which the meetings of a series share.</summary>
    public string RoomCode { get; }

    /// <summary>The link by which others join.</summary>
    public string ExternalLinkUrl => $"https://meeting.dingtalk.com/app?roomCode={RoomCode}&token=1_simulated{Ordinal:x8}";

    /// <summary>The id of its schedule; null where it is not scheduled.</summary>
    public string? ScheduleConferenceId { get; }

    /// <summary>How DingTalk treats it. Default: as <see cref="TenantTraits.Meeting"/> said when it was added.</summary>
    public MeetingTraits Traits
    {
        get => _traits;
        set => _traits = value;
    }

    /// <summary>
    /// What becomes of its recording. Unless that is <see cref="RecordStatus.Ended"/>, nothing is ever found.
    /// </summary>
    public RecordStatus RecordStatus
    {
        get => _recordStatus;
        set => _recordStatus = value;
    }

    /// <summary>What conference info says of its recording now: see <see cref="MeetingTimes.RecordingEndsAfter"/>.</summary>
    public RecordStatus CurrentRecordStatus
    {
        get
        {
            var (status, traits) = (_recordStatus, _traits);
            var endsAt = EndedAt + traits.Times.RecordingEndsAfter;
            return status == RecordStatus.Ended && _clock.GetUtcNow() < endsAt ? traits.StatusMeanwhile : status;
        }
    }

    /// <summary>
    /// All videos that the recording comes to: its segments, and the composed file where <see cref="MeetingTimes.MergedAfter"/>
    /// wants one.
    /// </summary>
    public IReadOnlyList<SimulatedVideo> Videos => [.. MadeVideos.Select(static made => made.Video)];

    /// <summary>
    /// The videos that getVideos lists now. While there are none it says so as <see cref="MeetingTraits.NothingFound"/> wants it.
    /// </summary>
    public IReadOnlyList<SimulatedVideo> ListedVideos
    {
        get
        {
            if (_recordStatus != RecordStatus.Ended)
            {
                return [];
            }

            var until = _clock.GetUtcNow() - _traits.Times.ListedAfter;
            return [.. MadeVideos.Where(made => made.At <= until).Select(static made => made.Video)];
        }
    }

    /// <summary>The users in whose name the recordings can be asked for. Default: as <see cref="MeetingTraits.WhoSees"/> says.</summary>
    public IReadOnlyList<string> UnionIds
    {
        get => _unionIds ?? _traits.WhoSees switch
        {
            WhoSees.Nobody => [],
            WhoSees.Creator => [CreatorUnionId],
            WhoSees.Owner => [RecorderUnionId],
            _ => RecorderUnionId == CreatorUnionId ? [CreatorUnionId] : [CreatorUnionId, RecorderUnionId],
        };
        set => _unionIds = value;
    }

    /// <summary>What getVideos answers before it answers as usual.</summary>
    public AnswerScript Script { get; } = new();

    /// <summary>What conference info answers before it answers as usual.</summary>
    public AnswerScript InfoScript { get; } = new();

    /// <summary>What getPlayInfos answers before it answers as usual.</summary>
    public AnswerScript PlayInfoScript { get; } = new();

    /// <summary>What getTexts answers before it answers as usual.</summary>
    public AnswerScript TextScript { get; } = new();

    /// <summary>What requests for its files are answered before they are answered as usual.</summary>
    public AnswerScript MediaScript { get; } = new();

    /// <summary>How many times getVideos has been called.</summary>
    public int GetVideosCalls => CallsOf(ApiOperation.GetVideos);

    /// <summary>How many times conference info has been called.</summary>
    public int InfoCalls => CallsOf(ApiOperation.ConferenceInfo);

    /// <summary>How many times getPlayInfos has been called.</summary>
    public int PlayInfoCalls => CallsOf(ApiOperation.PlayInfos);

    /// <summary>How many times getTexts has been called.</summary>
    public int TextCalls => CallsOf(ApiOperation.Texts);

    /// <summary>What was said, in order. getTexts has it once the summary is made.</summary>
    public IReadOnlyList<SimulatedText> Texts => [.. Enumerable.Range(0, _traits.Texts.Paragraphs).Select(index => SimulatedTexts.At(this, index))];

    /// <summary>The generation of URLs that hold; older ones do not.</summary>
    internal int UrlGeneration => Volatile.Read(ref _urlGeneration);

    /// <summary>Every video with the time at which it is made, segments first.</summary>
    internal IReadOnlyList<MadeVideo> MadeVideos
    {
        get
        {
            var (segments, times) = (_segments, _traits.Times);
            var made = new List<MadeVideo>(segments.Count + 1);
            foreach (var (index, segment) in segments.Index())
            {
                made.Add(segment with { At = segment.At ?? EndedAt + times.FirstVideoAfter + index * times.NextVideoAfter });
            }

            if (times.MergedAfter is { } merged && segments.Count > 0)
            {
                made.Add(new MadeVideo(Composed(segments), EndedAt + merged));
            }

            return made;
        }
    }

    /// <summary>Adds one more video of the same recording, as when a segment is ready later than the others.</summary>
    /// <returns>The new video.</returns>
    public SimulatedVideo AddVideo() => Add(Milliseconds(_clock.GetUtcNow()));

    /// <summary>The file of a video, as it is served now.</summary>
    /// <param name="video">One of <see cref="Videos"/>.</param>
    public MediaFile FileOf(SimulatedVideo video)
        => new(video.MediaId, Volatile.Read(ref _fileVersion), _traits.Media.SmallerRendition ? video.FileSize - video.FileSize / 8 : video.FileSize);

    /// <summary>Changes the content of every file, and with it their ETags.</summary>
    public void ChangeFiles() => Interlocked.Increment(ref _fileVersion);

    /// <summary>Makes every URL invalid that was given out so far.</summary>
    public void ExpireUrls() => Interlocked.Increment(ref _urlGeneration);

    /// <summary>Counts a call.</summary>
    /// <returns>The number of such calls before it.</returns>
    internal int CountCall(ApiOperation operation) => Interlocked.Increment(ref _calls[(int)operation]) - 1;

    /// <summary>How many times an event was pushed or lost.</summary>
    internal int PushesOf(PushedEvent kind) => Volatile.Read(ref _pushes[(int)kind]);

    /// <summary>Counts a push of an event.</summary>
    internal void CountPush(PushedEvent kind) => Interlocked.Increment(ref _pushes[(int)kind]);

    private int CallsOf(ApiOperation operation) => Volatile.Read(ref _calls[(int)operation]);

    private static DateTimeOffset Milliseconds(DateTimeOffset time)
        => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private SimulatedVideo Add(DateTimeOffset? at)
    {
        lock (_gate)
        {
            var video = SimulatedVideos.Next(this, [.. _segments.Select(static made => made.Video)], _videoBytes);
            _segments = [.. _segments, new MadeVideo(video, at)];
            return video;
        }
    }

    private SimulatedVideo Composed(IReadOnlyList<MadeVideo> segments)
    {
        lock (_gate)
        {
            return _composed ??= SimulatedVideos.Compose([.. segments.Select(static made => made.Video)]);
        }
    }

    /// <summary>A video, and when it is made; null for as the times say.</summary>
    internal sealed record MadeVideo(SimulatedVideo Video, DateTimeOffset? At);
}
