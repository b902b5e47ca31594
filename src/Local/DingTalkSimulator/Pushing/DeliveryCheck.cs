using System.Text.Json;
using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Pushing;

/// <summary>Whether an answer to a push counts as a delivery: status 200 and the word <c>success</c>, encrypted and signed.</summary>
/// <remarks>Source: DingTalk open platform, "Configure HTTP push".</remarks>
internal static class DeliveryCheck
{
    /// <summary>Checks an answer.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? FaultOf(int status, ReadOnlyMemory<byte> body, CallbackKeys keys)
    {
        if (status != 200)
        {
            return $"HTTP {status}; expected 200.";
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? FaultOf(document.RootElement, keys) : "The answer is no JSON object.";
        }
        catch (JsonException)
        {
            return "The answer is no JSON.";
        }
    }

    private static string? FaultOf(JsonElement answer, CallbackKeys keys)
    {
        foreach (var field in (string[])["msg_signature", "timeStamp", "nonce", "encrypt"])
        {
            if (!answer.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.String)
            {
                return $"{field}: expected a string.";
            }
        }

        var encrypted = Text(answer, "encrypt");
        if (!CallbackSignature.Verify(Text(answer, "msg_signature"), keys.Token, Text(answer, "timeStamp"), Text(answer, "nonce"), encrypted))
        {
            return "msg_signature: it does not match the other fields.";
        }

        var plaintext = keys.Cipher.TryDecrypt(encrypted);
        return plaintext is null ? "encrypt: it cannot be decrypted."
            : plaintext.OwnerKey != keys.OwnerKey ? "encrypt: it is for another owner key."
            : !plaintext.Message.Span.SequenceEqual("success"u8) ? "encrypt: expected the word success."
            : null;
    }

    private static string Text(JsonElement answer, string field) => answer.GetProperty(field).GetString()!;
}
