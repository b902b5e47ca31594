namespace DingTalkSimulator.Control;

/// <summary>A request to change a meeting.</summary>
internal sealed record MeetingPatch : MeetingChange
{
    private const int MaxVideos = 1_000;

    /// <summary>How many more videos it has from now on. Default: 0.</summary>
    public int AddVideos { get; set; }

    /// <summary>Who owns the recording.</summary>
    public string? OwnerUnionId { get; set; }

    /// <inheritdoc />
    public override FieldFault? FindFault()
        => AddVideos is < 0 or > MaxVideos ? new FieldFault("addVideos", $"a number from 0 to {MaxVideos}") : base.FindFault();

    /// <inheritdoc />
    public override void ApplyTo(SimulatedConference conference)
    {
        base.ApplyTo(conference);
        conference.RecorderUnionId = OwnerUnionId ?? conference.RecorderUnionId;
        for (var video = 0; video < AddVideos; video++)
        {
            conference.AddVideo();
        }
    }
}
