namespace DingTalkSimulator.Control;

/// <summary>What can be said of a meeting when it is made, and later. What is left out stays as it is.</summary>
internal record MeetingChange
{
    /// <summary>What becomes of its recording. Default: ended.</summary>
    public RecordStatus? RecordStatus { get; set; }

    /// <summary>The users in whose name its recordings can be asked for. Default: as the traits say.</summary>
    public IReadOnlyList<string>? UnionIds { get; set; }

    /// <summary>How DingTalk treats it. Default: as the organisation's traits say.</summary>
    public MeetingTraitsRequest? Traits { get; set; }

    /// <summary>What getVideos answers before the usual.</summary>
    public IReadOnlyList<ScriptStep>? Script { get; set; }

    /// <summary>What conference info answers before the usual.</summary>
    public IReadOnlyList<ScriptStep>? InfoScript { get; set; }

    /// <summary>What getPlayInfos answers before the usual.</summary>
    public IReadOnlyList<ScriptStep>? PlayInfoScript { get; set; }

    /// <summary>What getTexts answers before the usual.</summary>
    public IReadOnlyList<ScriptStep>? TextScript { get; set; }

    /// <summary>What requests for its files are answered before the usual.</summary>
    public IReadOnlyList<ScriptStep>? MediaScript { get; set; }

    /// <summary>What is wrong with the request.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public virtual FieldFault? FindFault()
        => Traits?.FindFault()?.Within("traits")
            ?? ScriptFields.FindFault("script", Script)
            ?? ScriptFields.FindFault("infoScript", InfoScript)
            ?? ScriptFields.FindFault("playInfoScript", PlayInfoScript)
            ?? ScriptFields.FindFault("textScript", TextScript)
            ?? ScriptFields.FindFault("mediaScript", MediaScript, ofFiles: true);

    /// <summary>Changes a meeting. The request must be without fault.</summary>
    public virtual void ApplyTo(SimulatedConference conference)
    {
        conference.Traits = Traits?.ApplyTo(conference.Traits) ?? conference.Traits;
        conference.RecordStatus = RecordStatus ?? conference.RecordStatus;
        if (UnionIds is not null)
        {
            conference.UnionIds = UnionIds;
        }

        ScriptFields.Set(conference.Script, Script);
        ScriptFields.Set(conference.InfoScript, InfoScript);
        ScriptFields.Set(conference.PlayInfoScript, PlayInfoScript);
        ScriptFields.Set(conference.TextScript, TextScript);
        ScriptFields.Set(conference.MediaScript, MediaScript);
    }
}
