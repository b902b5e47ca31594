namespace DingTalkSimulator.Pushing;

/// <summary>Where an event stands in its item of the failed list. The item's <c>call_back_tag</c> names its type in each of them.</summary>
/// <remarks>Sources: DingTalk open platform, "Obtain the event list of failed push messages"; for the last one an older client.</remarks>
public enum FailedPushShape
{
    /// <summary><c>{"tag":{"callbackData":{…},"corpid":"…"}}</c>: documented for most events.</summary>
    CallbackData,

    /// <summary><c>{"tag":{"bpmsCallBackData":{…},"corpid":"…"}}</c>: documented for approvals.</summary>
    BpmsCallBackData,

    /// <summary><c>{"tag":{"roleLabelChange":{…},"corpid":"…"}}</c>: documented for roles.</summary>
    RoleLabelChange,

    /// <summary><c>{"tag":{…,"corpid":"…"}}</c>: shown in DingTalk's own sample.</summary>
    InTag,

    /// <summary><c>{…,"corpid":"…"}</c>: the fields beside <c>call_back_tag</c>.</summary>
    Flat,
}
