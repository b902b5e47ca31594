using DingTalkSimulator.Api;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>How DingTalk treats the organisation. What is left out stays as it is.</summary>
internal sealed record TraitsRequest
{
    private const int MostHours = 14;

    public MeetingTraitsRequest? Meeting { get; set; }

    public int? ForeignOwnerEvery { get; set; }

    public RequestIdPlace? RequestIds { get; set; }

    public int? CallsPerMonth { get; set; }

    public int? EventsPerMonth { get; set; }

    public int? MonthUtcOffsetHours { get; set; }

    public PushForm? PushForm { get; set; }

    public SyncRowForm? SyncRows { get; set; }

    public bool? SyncDataAsObject { get; set; }

    public PushForm? TicketForm { get; set; }

    public static TraitsRequest Of(TenantTraits traits) => new()
    {
        Meeting = MeetingTraitsRequest.Of(traits.Meeting),
        ForeignOwnerEvery = traits.ForeignOwnerEvery,
        RequestIds = traits.RequestIds,
        CallsPerMonth = traits.CallsPerMonth,
        EventsPerMonth = traits.EventsPerMonth,
        MonthUtcOffsetHours = (int)traits.MonthUtcOffset.TotalHours,
        PushForm = traits.PushForm,
        SyncRows = traits.SyncRows,
        SyncDataAsObject = traits.SyncDataAsObject,
        TicketForm = traits.TicketForm,
    };

    public FieldFault? FindFault()
        => Meeting?.FindFault()?.Within("meeting")
            ?? (ForeignOwnerEvery < 0 ? new FieldFault("foreignOwnerEvery", "a number from 0") : null)
            ?? (CallsPerMonth < 0 ? new FieldFault("callsPerMonth", "a number from 0") : null)
            ?? (EventsPerMonth < 0 ? new FieldFault("eventsPerMonth", "a number from 0") : null)
            ?? (MonthUtcOffsetHours is < -MostHours or > MostHours
                ? new FieldFault("monthUtcOffsetHours", $"a number from -{MostHours} to {MostHours}")
                : null);

    public TenantTraits ApplyTo(TenantTraits traits) => traits with
    {
        Meeting = Meeting?.ApplyTo(traits.Meeting) ?? traits.Meeting,
        ForeignOwnerEvery = ForeignOwnerEvery ?? traits.ForeignOwnerEvery,
        RequestIds = RequestIds ?? traits.RequestIds,
        CallsPerMonth = CallsPerMonth ?? traits.CallsPerMonth,
        EventsPerMonth = EventsPerMonth ?? traits.EventsPerMonth,
        MonthUtcOffset = MonthUtcOffsetHours is { } hours ? TimeSpan.FromHours(hours) : traits.MonthUtcOffset,
        PushForm = PushForm ?? traits.PushForm,
        SyncRows = SyncRows ?? traits.SyncRows,
        SyncDataAsObject = SyncDataAsObject ?? traits.SyncDataAsObject,
        TicketForm = TicketForm ?? traits.TicketForm,
    };
}
