using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>How DingTalk treats a meeting. What is left out stays as it is.</summary>
internal sealed record MeetingTraitsRequest
{
    public TimesRequest? Times { get; set; }

    public RecordStatus? StatusMeanwhile { get; set; }

    public WhoSees? WhoSees { get; set; }

    public NothingFound? NothingFound { get; set; }

    public MediaTraitsRequest? Media { get; set; }

    public TextTraitsRequest? Texts { get; set; }

    public TaskIdForm? TaskId { get; set; }

    public IReadOnlyList<PushedEvent>? Events { get; set; }

    public IReadOnlyList<PushedEvent>? LostEvents { get; set; }

    public FailedPushShape? FailedPushShape { get; set; }

    public bool? FailedPushEnvelope { get; set; }

    public static MeetingTraitsRequest Of(MeetingTraits traits) => new()
    {
        Times = TimesRequest.Of(traits.Times),
        StatusMeanwhile = traits.StatusMeanwhile,
        WhoSees = traits.WhoSees,
        NothingFound = traits.NothingFound,
        Media = MediaTraitsRequest.Of(traits.Media),
        Texts = TextTraitsRequest.Of(traits.Texts),
        TaskId = traits.TaskId,
        Events = [.. traits.Events],
        LostEvents = [.. traits.LostEvents],
        FailedPushShape = traits.FailedPushShape,
        FailedPushEnvelope = traits.FailedPushEnvelope,
    };

    public FieldFault? FindFault()
        => Times?.FindFault()?.Within("times")
            ?? (StatusMeanwhile is RecordStatus.NotRecorded or RecordStatus.Ended
                ? new FieldFault("statusMeanwhile", "recording or paused")
                : null)
            ?? Media?.FindFault()?.Within("media")
            ?? Texts?.FindFault()?.Within("texts")
            ?? FindFault("events", Events)
            ?? FindFault("lostEvents", LostEvents);

    public MeetingTraits ApplyTo(MeetingTraits traits) => traits with
    {
        Times = Times?.ApplyTo(traits.Times) ?? traits.Times,
        StatusMeanwhile = StatusMeanwhile ?? traits.StatusMeanwhile,
        WhoSees = WhoSees ?? traits.WhoSees,
        NothingFound = NothingFound ?? traits.NothingFound,
        Media = Media?.ApplyTo(traits.Media) ?? traits.Media,
        Texts = Texts?.ApplyTo(traits.Texts) ?? traits.Texts,
        TaskId = TaskId ?? traits.TaskId,
        Events = Events ?? traits.Events,
        LostEvents = LostEvents ?? traits.LostEvents,
        FailedPushShape = FailedPushShape ?? traits.FailedPushShape,
        FailedPushEnvelope = FailedPushEnvelope ?? traits.FailedPushEnvelope,
    };

    private static FieldFault? FindFault(string field, IReadOnlyList<PushedEvent>? events)
        => events?.All(EventNames.IsAboutConference) == false ? new FieldFault(field, "events about a conference") : null;
}
