using System.Text.Json;
using DingTalkSimulator.Faults;
using DingTalkSimulator.Pushing;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The older API's list of pushes that failed.</summary>
internal sealed class FailedPushApi(SimulatorOptions options, Tenant tenant, Ledger ledger, FailedPushes failed)
{
    private static readonly ScriptedAnswer.OldError BadToken = new(88, "ding talk error[subcode=40014,submsg=不合法的access_token]")
    {
        SubCode = "40014",
        SubMessage = "不合法的access_token",
    };

    /// <summary>Gives the next events of the list, and drops those that it gave last.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        string? token = context.Request.Query["access_token"];
        var valid = token is not null && tenant.Tokens.IsValid(token);
        ledger.Add(new ApiCall(
            options.Clock.GetUtcNow(), ApiOperation.FailedPushes, context.Request.Path.Value!, null, null, valid ? ApiCall.Ok : BadToken.Label));
        if (valid)
        {
            var (events, hasMore) = failed.Read();
            await WireResponse.SendJsonAsync(context, 200, (events, hasMore, options.CorpId), Write).ConfigureAwait(false);
        }
        else
        {
            await WireResponse.SendJsonAsync(context, 200, (BadToken, WireResponse.NewRequestId()), WireJson.OldError).ConfigureAwait(false);
        }
    }

    private static void Write(Utf8JsonWriter json, (IReadOnlyList<ConferenceEvent> Events, bool HasMore, string CorpId) list)
    {
        json.WriteStartObject();
        json.WriteNumber("errcode"u8, 0);
        json.WriteString("errmsg"u8, "ok"u8);
        json.WriteBoolean("has_more"u8, list.HasMore);
        json.WriteStartArray("failed_list"u8);
        foreach (var failed in list.Events)
        {
            json.WriteStartObject();
            json.WriteStartObject(failed.Type);
            json.WritePropertyName("callbackData"u8);
            json.WriteRawValue(failed.Plaintext.Span, skipInputValidation: true);
            json.WriteString("corpid"u8, list.CorpId);
            json.WriteEndObject();
            json.WriteString("call_back_tag"u8, failed.Type);
            json.WriteNumber("event_time"u8, failed.HappenedAt.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
