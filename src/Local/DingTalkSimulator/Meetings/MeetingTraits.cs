using DingTalkSimulator.Pushing;
using DingTalkSimulator.Recordings;

namespace DingTalkSimulator.Meetings;

/// <summary>How DingTalk treats one meeting, where that is not known, or not the same for all.</summary>
public sealed record MeetingTraits
{
    /// <summary>When what becomes of the recording. Default: all at the meeting's end.</summary>
    public MeetingTimes Times { get; init; } = new();

    /// <summary>
    /// What <c>cloudRecordStatus</c> is until the recording has ended: <see cref="RecordStatus.Recording"/>, which is the default, or
    /// <see cref="RecordStatus.Paused"/>.
    /// </summary>
    public RecordStatus StatusMeanwhile { get; init; } = RecordStatus.Recording;

    /// <summary>In whose name the recordings can be asked for. Default: creator and owner.</summary>
    public WhoSees WhoSees { get; init; } = WhoSees.Both;

    /// <summary>How getVideos and getTexts say that there is nothing. Default: by an error.</summary>
    public NothingFound NothingFound { get; init; } = NothingFound.Error;

    /// <summary>How the files of its recording are served.</summary>
    public MediaTraits Media { get; init; } = new();

    /// <summary>What getTexts has of it.</summary>
    public TextTraits Texts { get; init; } = new();

    /// <summary>How events give <c>minutesTaskId</c>. Default: varied.</summary>
    public TaskIdForm TaskId { get; init; } = TaskIdForm.Varied;

    /// <summary>The events that are pushed when a meeting is played. Default: its end.</summary>
    public IReadOnlyCollection<PushedEvent> Events { get; init; } = [PushedEvent.MeetingEnded];

    /// <summary>The events that DingTalk loses: it neither pushes nor lists them. Default: none.</summary>
    public IReadOnlyCollection<PushedEvent> LostEvents { get; init; } = [];

    /// <summary>
    /// Where an event that could not be delivered stands in its item of the failed list. Default: in <c>callbackData</c>.
    /// </summary>
    public FailedPushShape FailedPushShape { get; init; } = FailedPushShape.CallbackData;

    /// <summary>Whether it stands there with its envelope, <c>EventType</c> and the like. Default: yes.</summary>
    public bool FailedPushEnvelope { get; init; } = true;
}
