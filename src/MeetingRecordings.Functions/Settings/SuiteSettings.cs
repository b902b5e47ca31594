using MeetingRecordings.Conferences;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The keys of a third-party app.</summary>
internal sealed record SuiteSettings(string SuiteKey, string SuiteSecret)
{
    /// <summary>Whether the app is meant to be a third-party one: at least one of its keys is there.</summary>
    public static bool IsMeant(SettingsReader reader)
        => reader.Optional("DingTalk__SuiteKey") is not null || reader.Optional("DingTalk__SuiteSecret") is not null;

    /// <summary>Reads them; null where the app is an internal one.</summary>
    public static SuiteSettings? Read(SettingsReader reader)
    {
        switch (reader.Optional("DingTalk__SuiteKey"), reader.Secret("DingTalk__SuiteSecret"))
        {
            case ({ } key, { } secret) when Identifiers.IsPrincipal(key):
                return new SuiteSettings(key, secret);
            case ({ }, { }):
                reader.Fault("DingTalk__SuiteKey", $"is malformed: expected {Identifiers.PrincipalGrammar}");
                return null;
            case (null, { }):
                reader.Fault("DingTalk__SuiteKey", "is missing: DingTalk__SuiteSecret is set, and they go together");
                return null;
            case ({ }, null):
                reader.Fault("DingTalk__SuiteSecret", "is missing: DingTalk__SuiteKey is set, and they go together");
                return null;
            default:
                return null;
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"third-party app {SuiteKey}";
}
