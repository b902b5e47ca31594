namespace MeetingRecordings.DingTalk.Wire;

/// <summary>A body that can tell whether it is what was asked for: JSON of another shape leaves every field empty.</summary>
internal interface IAskedBody
{
    /// <summary>Whether it is.</summary>
    bool IsWhatWasAskedFor { get; }
}
