using DingTalkSimulator.Api;

namespace DingTalkSimulator.Pushing;

/// <summary>Writes items of the failed list, in every shape that is known.</summary>
internal static class FailedItemWriter
{
    /// <summary>Writes an item.</summary>
    /// <param name="lost">The event that could not be delivered.</param>
    /// <param name="shape">Where it stands.</param>
    /// <param name="withEnvelope">Whether it stands there with its envelope.</param>
    /// <param name="corpId">The organisation.</param>
    /// <returns>A UTF-8 JSON object.</returns>
    public static byte[] Write(ConferenceEvent lost, FailedPushShape shape, bool withEnvelope, string corpId)
    {
        var corp = JsonScratch.Write(corpId, static (json, corpId) =>
        {
            json.WriteStartObject();
            json.WriteString("corpid"u8, corpId);
            json.WriteEndObject();
        }).ToArray();
        var tail = JsonScratch.Write(lost, static (json, lost) =>
        {
            json.WriteStartObject();
            json.WriteString("call_back_tag"u8, lost.Type);
            json.WriteNumber("event_time"u8, lost.HappenedAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }).ToArray();
        var content = (withEnvelope ? lost.Plaintext : lost.Content).Span;
        byte[] head = shape switch
        {
            FailedPushShape.Flat => JsonSplice.Join(content, corp),
            FailedPushShape.InTag => JsonSplice.Wrap(lost.Type, JsonSplice.Join(content, corp)),
            _ => JsonSplice.Wrap(lost.Type, JsonSplice.Join(JsonSplice.Wrap(NameOf(shape), content), corp)),
        };
        return JsonSplice.Join(head, tail);
    }

    private static string NameOf(FailedPushShape shape) => shape switch
    {
        FailedPushShape.BpmsCallBackData => "bpmsCallBackData",
        FailedPushShape.RoleLabelChange => "roleLabelChange",
        _ => "callbackData",
    };
}
