using MeetingRecordings.DingTalk;
using MeetingRecordings.Notifications.Callbacks;

namespace MeetingRecordings.Functions.Settings;

/// <summary>What DingTalk's console and this app share; several of each while they are rotated, or where several consoles push here.</summary>
internal static class CallbackSettings
{
    /// <summary>Reads every combination of a token and its AES key with an owner key; none where something is at fault.</summary>
    public static IReadOnlyList<CallbackKeys> Read(SettingsReader reader, DingTalkOptions app)
    {
        var tokens = Required(reader, "DingTalk__CallbackToken", "the token of the event subscription in DingTalk's console");
        var aesKeys = Required(reader, "DingTalk__EncodingAesKey", "the AES key of the event subscription in DingTalk's console");
        var ciphers = aesKeys
            .Select(key => reader.Parsed("DingTalk__EncodingAesKey", key, static text => new CallbackCipher(text)))
            .ToArray();
        if (tokens.Count != aesKeys.Count && tokens.Count > 0 && aesKeys.Count > 0)
        {
            reader.Fault(
                "DingTalk__EncodingAesKey",
                $"has {aesKeys.Count} values and DingTalk__CallbackToken has {tokens.Count}: expected as many, paired by their places");
        }

        var owners = reader.Values("DingTalk__OwnerKey") is { Count: > 0 } named ? named
            : new[] { app.AppKey, app.SuiteKey }.Where(static key => key is { Length: > 0 }).OfType<string>();
        return
        [
            .. from pair in tokens.Zip(ciphers)
               from owner in owners
               where pair.Second is not null
               select new CallbackKeys(pair.First, pair.Second, owner),
        ];
    }

    private static IReadOnlyList<string> Required(SettingsReader reader, string name, string meaning)
    {
        var values = reader.Values(name);
        if (values.Count == 0)
        {
            reader.Fault(name, $"is missing: {meaning}");
        }

        return values;
    }
}
