using System.Text;
using System.Text.Json;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>Sends answers, with whatever is to be wrong with them.</summary>
/// <param name="tenant">Says where request ids go.</param>
/// <param name="clock">Times delays.</param>
/// <param name="stopping">Ends delays when the simulator stops.</param>
internal sealed class AnswerSender(Tenant tenant, TimeProvider clock, CancellationToken stopping)
{
    private const int PaddingLength = 64 * 1024;
    private static readonly byte[] HugeStart = "{\"videoList\":[]"u8.ToArray();
    private static readonly byte[] Padding = [.. Enumerable.Repeat((byte)' ', PaddingLength)];

    /// <summary>What the ledger calls an answer.</summary>
    public static string CodeOf(ScriptedAnswer? scripted, ScriptedAnswer.ApiError? refusal)
        => scripted is null or ScriptedAnswer.Usual ? refusal?.Code ?? ApiCall.Ok : scripted.Label;

    /// <summary>Sends the answer to one call.</summary>
    /// <typeparam name="T">What the usual answer is about.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="scripted">What to answer; null for the usual.</param>
    /// <param name="refusal">The error that is the usual answer here; null where that is a good one.</param>
    /// <param name="state">What the usual answer is about.</param>
    /// <param name="write">Writes the usual answer.</param>
    public async Task SendAsync<T>(
        HttpContext context,
        ScriptedAnswer? scripted,
        ScriptedAnswer.ApiError? refusal,
        T state,
        Action<Utf8JsonWriter, T> write)
    {
        if (scripted is { Delay.Ticks: > 0 })
        {
            await PauseAsync(context, scripted.Delay);
        }

        var requestId = scripted is ScriptedAnswer.Raw or ScriptedAnswer.Reset
            ? null
            : WireResponse.Stamp(context, tenant.Traits.RequestIds);
        switch (scripted)
        {
            case null or ScriptedAnswer.Usual when refusal is null:
                await WireResponse.SendJsonAsync(context, 200, state, write);
                break;
            case null or ScriptedAnswer.Usual:
                await WireResponse.SendErrorAsync(context, refusal, requestId);
                break;
            case ScriptedAnswer.ApiError error:
                await WireResponse.SendErrorAsync(context, error, requestId);
                break;
            case ScriptedAnswer.OldError error:
                await WireResponse.SendJsonAsync(context, 200, (error, requestId), WireJson.OldError);
                break;
            case ScriptedAnswer.Ban:
                await WireResponse.SendJsonAsync(context, 200, WireResponse.NewRequestId(), WireJson.Ban);
                break;
            case ScriptedAnswer.Raw raw:
                await WireResponse.SendAsync(context, raw.Status, raw.ContentType, Encoding.UTF8.GetBytes(raw.Body));
                break;
            case ScriptedAnswer.BrokenOff:
                await SendHalfAsync(context, Render(refusal, requestId, state, write));
                context.Abort();
                break;
            case ScriptedAnswer.Reset:
                context.Abort();
                break;
            case ScriptedAnswer.Huge huge:
                await SendHugeAsync(context, huge.Bytes);
                break;
            case ScriptedAnswer.Truncated:
                var (status, whole) = Render(refusal, requestId, state, write);
                await WireResponse.SendAsync(context, status, WireResponse.Json, whole.AsSpan(0, whole.Length / 2));
                break;
            case ScriptedAnswer.SlowBody slow:
                var rest = await SendHalfAsync(context, Render(refusal, requestId, state, write));
                await PauseAsync(context, slow.Pause);
                await WireResponse.WriteAsync(context, rest.Span);
                break;
            default:
                throw new InvalidOperationException($"{scripted.GetType()} is no answer that is known here.");
        }
    }

    private static (int Status, byte[] Body) Render<T>(
        ScriptedAnswer.ApiError? refusal,
        string? requestId,
        T state,
        Action<Utf8JsonWriter, T> write)
        => refusal is null
            ? (200, JsonScratch.Write(state, write).ToArray())
            : (refusal.Status, JsonScratch.Write((refusal, requestId), WireJson.Error).ToArray());

    private static async Task SendHugeAsync(HttpContext context, int bytes)
    {
        bytes = Math.Max(bytes, HugeStart.Length + 1);
        WireResponse.Start(context, 200, WireResponse.Json, bytes);
        await WireResponse.WriteAsync(context, HugeStart);
        for (var left = bytes - HugeStart.Length - 1; left > 0; left -= Padding.Length)
        {
            // Nobody reads on past a limit of theirs.
            if ((await WireResponse.WriteAsync(context, Padding.AsSpan(0, Math.Min(left, Padding.Length)))).IsCompleted)
            {
                return;
            }
        }

        await WireResponse.WriteAsync(context, "}"u8);
    }

    private static async Task<ReadOnlyMemory<byte>> SendHalfAsync(HttpContext context, (int Status, byte[] Body) answer)
    {
        var half = answer.Body.Length / 2;
        WireResponse.Start(context, answer.Status, WireResponse.Json, answer.Body.Length);
        await WireResponse.WriteAsync(context, answer.Body.AsSpan(0, half));
        return answer.Body.AsMemory(half);
    }

    // A caller that has gone, and a simulator that stops, both end the wait; what is then sent reaches nobody.
    private async Task PauseAsync(HttpContext context, TimeSpan pause)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(pause, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (either.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
