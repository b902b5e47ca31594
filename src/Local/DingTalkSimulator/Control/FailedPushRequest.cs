using System.Text.Json;
using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>A request to put an event on the failed list.</summary>
internal sealed record FailedPushRequest : EventRequest
{
    /// <summary>Where it stands in its item. Default: as the meeting's traits say.</summary>
    public FailedPushShape? Shape { get; set; }

    /// <summary>Whether it stands there with its envelope. Default: as the meeting's traits say.</summary>
    public bool? Envelope { get; set; }

    /// <summary>An item of any form, instead of an event.</summary>
    public JsonElement? Item { get; set; }
}
