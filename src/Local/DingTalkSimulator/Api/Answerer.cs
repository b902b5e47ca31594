using System.Text.Json;
using DingTalkSimulator.Faults;
using Microsoft.AspNetCore.Http;

namespace DingTalkSimulator.Api;

/// <summary>Answers calls about conferences: by the gate's refusal, by a script, by the dice, or as usual, in this order.</summary>
internal sealed class Answerer(Ledger ledger, ApiGate gate, AnswerSender sender, TimeProvider clock)
{
    /// <summary>Answers a call.</summary>
    /// <typeparam name="T">What the usual answer is about.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="call">What is asked, of which conference, in whose name.</param>
    /// <param name="script">What is answered before the usual; null where there is no conference.</param>
    /// <param name="usualError">The error that is the usual answer here; null where that is a good one.</param>
    /// <param name="state">What the usual answer is about.</param>
    /// <param name="write">Writes the usual answer.</param>
    public Task AnswerAsync<T>(
        HttpContext context,
        ConferenceCall call,
        AnswerScript? script,
        ScriptedAnswer.ApiError? usualError,
        T state,
        Action<Utf8JsonWriter, T> write)
    {
        var (operation, conference) = (call.Operation, call.Conference);
        var earlier = conference?.CountCall(operation) ?? 0;
        var refusal = gate.Refuse(context, operation);
        var scripted = refusal is not null ? null : script?.Take() ?? gate.Roll(operation, conference?.Ordinal ?? 0, earlier);
        refusal ??= usualError;
        var code = AnswerSender.CodeOf(scripted, refusal);
        ledger.Add(new ApiCall(clock.GetUtcNow(), operation, context.Request.Path.Value!, call.ConferenceId, call.UnionId, code));
        return sender.SendAsync(context, scripted, refusal, state, write);
    }
}
