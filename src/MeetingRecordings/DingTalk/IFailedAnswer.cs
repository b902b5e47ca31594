namespace MeetingRecordings.DingTalk;

/// <summary>A failed <see cref="ApiAnswer{T}"/>, whatever was asked for.</summary>
internal interface IFailedAnswer
{
    /// <summary>What is known of the failure.</summary>
    DingTalkError Error { get; }
}
