using System.Text.Json;
using DingTalkSimulator.Pushing;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>The older API's list of pushes that failed.</summary>
internal sealed class FailedPushApi(SimulatorOptions options, Tenant tenant, Ledger ledger, ApiGate gate, FailedPushes failed)
{
    /// <summary>Gives the next events of the list, and drops those that it gave last.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        var refusal = gate.RefuseOld(context, ApiOperation.FailedPushes);
        ledger.Add(new ApiCall(
            options.Clock.GetUtcNow(), ApiOperation.FailedPushes, context.Request.Path.Value!, null, null, refusal?.Label ?? ApiCall.Ok));
        var requestId = WireResponse.Stamp(context, tenant.Traits.RequestIds);
        if (refusal is null)
        {
            await WireResponse.SendJsonAsync(context, 200, failed.Read(), Write);
        }
        else
        {
            await WireResponse.SendJsonAsync(context, 200, (refusal, requestId), WireJson.OldError);
        }
    }

    private static void Write(Utf8JsonWriter json, (IReadOnlyList<ReadOnlyMemory<byte>> Items, bool HasMore) list)
    {
        json.WriteStartObject();
        json.WriteNumber("errcode"u8, 0);
        json.WriteString("errmsg"u8, "ok"u8);
        json.WriteBoolean("has_more"u8, list.HasMore);
        json.WriteStartArray("failed_list"u8);
        foreach (var item in list.Items)
        {
            json.WriteRawValue(item.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
