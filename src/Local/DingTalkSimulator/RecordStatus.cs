namespace DingTalkSimulator;

/// <summary>The <c>cloudRecordStatus</c> of conference info.</summary>
public enum RecordStatus
{
    /// <summary>Nobody has recorded the conference.</summary>
    NotRecorded = 0,

    /// <summary>It is being recorded.</summary>
    Recording = 1,

    /// <summary>The recording is paused.</summary>
    Paused = 2,

    /// <summary>It was recorded.</summary>
    Ended = 3,
}
