using MeetingRecordings.DingTalk;

namespace MeetingRecordings.Functions.Settings;

/// <summary>How DingTalk is called, and as which app.</summary>
internal static class DingTalkSettings
{
    private const double MinCallsPerSecond = 0.1;
    private const double MaxCallsPerSecond = 100_000;
    private const double DefaultCallsPerSecond = 20;
    private const int MaxCallsPerMonth = 1_000_000_000;
    private static readonly Uri DefaultBaseAddress = new("https://api.dingtalk.io/");

    public static DingTalkOptions Read(SettingsReader reader)
    {
        var suite = SuiteSettings.Read(reader);
        var (appKey, appSecret) = ReadApp(reader);
        return new DingTalkOptions(reader.Address("DingTalk__BaseAddress") ?? DefaultBaseAddress, appKey, appSecret)
        {
            SuiteKey = suite?.SuiteKey,
            SuiteSecret = suite?.SuiteSecret,
            TokenApi = reader.Choice<TokenApi>("DingTalk__TokenApi"),
            CallsPerSecond = reader.Rate("DingTalk__CallsPerSecond", MinCallsPerSecond, MaxCallsPerSecond, DefaultCallsPerSecond),
            CallsPerMonth = (int?)reader.Number("DingTalk__CallsPerMonth", 1, MaxCallsPerMonth),
        };
    }

    // A third-party app has none: its suite's keys stand in their place.
    private static (string Key, string Secret) ReadApp(SettingsReader reader) => SuiteSettings.IsMeant(reader)
        ? (reader.Secret("DingTalk__AppKey") ?? "", reader.Secret("DingTalk__AppSecret") ?? "")
        : (reader.Secret("DingTalk__AppKey") ?? reader.Required("DingTalk__AppKey", "the Client ID of the app in DingTalk's console"),
            reader.Secret("DingTalk__AppSecret") ?? reader.Required("DingTalk__AppSecret", "the Client Secret of the app in DingTalk's console"));
}
