using DingTalkSimulator.Api;
using DingTalkSimulator.Meetings;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator;

/// <summary>How DingTalk treats the organisation, where that is not known, or not the same for all.</summary>
public sealed record TenantTraits
{
    /// <summary>How meetings are treated that are added from now on.</summary>
    public MeetingTraits Meeting { get; init; } = new();

    /// <summary>Of how many meetings one is owned by somebody else than its creator; 0 for none, 1 for all. Default: 4.</summary>
    public int ForeignOwnerEvery { get; init; } = 4;

    /// <summary>Where answers carry a request id. Default: in the body of errors, for nothing else is evidenced on these APIs.</summary>
    public RequestIdPlace RequestIds { get; init; } = RequestIdPlace.Body;

    /// <summary>
    /// How many API calls DingTalk answers in a month; 0 for any number, which is the default. Its standard plan has 5,000.
    /// </summary>
    public int CallsPerMonth { get; init; }

    /// <summary>How many events DingTalk pushes in a month; 0 for any number, which is the default. Its standard plan has 3,000.</summary>
    public int EventsPerMonth { get; init; }

    /// <summary>Where months begin and end. Default: at China's time, UTC+8; DingTalk says "calendar month" and no zone.</summary>
    public TimeSpan MonthUtcOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How events are pushed unless a push says otherwise. Default: HTTP push.</summary>
    public PushForm PushForm { get; init; } = PushForm.Http;

    /// <summary>How the rows of a SyncHTTP push tell of a meeting's start or end. Default: as the event's own page has it.</summary>
    public SyncRowForm SyncRows { get; init; } = SyncRowForm.Current;

    /// <summary>Whether the rows of a SyncHTTP push hold their event as an object instead of a string. Default: no.</summary>
    public bool SyncDataAsObject { get; init; }

    /// <summary>How suite tickets are pushed. Default: in a SyncHTTP push.</summary>
    public PushForm TicketForm { get; init; } = PushForm.SyncHttp;
}
