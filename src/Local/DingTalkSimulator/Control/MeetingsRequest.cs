using MeetingRecordings.Conferences;

namespace DingTalkSimulator.Control;

/// <summary>A request for meetings that end now.</summary>
internal sealed record MeetingsRequest
{
    private const int MaxCount = 100_000;
    private const int MaxVideos = 1_000;

    /// <summary>How many. Default: 1.</summary>
    public int Count { get; set; } = 1;

    /// <summary>How many videos each has. Default: 2.</summary>
    public int Videos { get; set; } = 2;

    /// <summary>The id, for one meeting only. Default: a new one.</summary>
    public string? ConferenceId { get; set; }

    /// <summary>Whether they were recorded. Default: ended.</summary>
    public RecordStatus RecordStatus { get; set; } = RecordStatus.Ended;

    /// <summary>Whether their end is pushed. Default: yes, where a callback URL is known.</summary>
    public bool? Push { get; set; }

    /// <summary>What getVideos answers before the usual, for each of them.</summary>
    public IReadOnlyList<ScriptStep> Script { get; set; } = [];

    /// <summary>What is wrong with the request.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public FieldFault? FindFault()
        => Count is < 1 or > MaxCount ? new FieldFault("count", $"a number from 1 to {MaxCount}")
            : Videos is < 0 or > MaxVideos ? new FieldFault("videos", $"a number from 0 to {MaxVideos}")
            : ConferenceId is not null && Count != 1 ? new FieldFault("count", "1, where the conferenceId is given")
            : ConferenceId is not null && !Identifiers.IsConferenceId(ConferenceId) ? new FieldFault("conferenceId", Identifiers.ConferenceIdGrammar)
            : Script.Select((step, index) => step.FindFault() is { } fault ? fault with { Field = $"script[{index}].{fault.Field}" } : null)
                .FirstOrDefault(fault => fault is not null);
}
