namespace DingTalkSimulator;

/// <summary>Why DingTalk loses an event.</summary>
public enum LossReason
{
    /// <summary>The conference's traits say so.</summary>
    Conference,

    /// <summary>The dice of the random faults said so.</summary>
    Rate,

    /// <summary>The month's events are spent.</summary>
    EventLimit,
}
