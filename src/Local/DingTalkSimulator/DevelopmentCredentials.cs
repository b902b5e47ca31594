namespace DingTalkSimulator;

/// <summary>Ready-made credentials for development. They are known to everybody and open nothing but a simulator.</summary>
public static class DevelopmentCredentials
{
    /// <summary>The app's key (client id), which is also the owner key of its pushes.</summary>
    public const string AppKey = "dingdevapp000000000";

    /// <summary>The app's secret.</summary>
    public const string AppSecret = "simulated-app-secret-for-development-only";

    /// <summary>The token that signs pushes.</summary>
    public const string CallbackToken = "devcallbacktoken";

    /// <summary>The key that encrypts pushes: 43 letters and digits.</summary>
    public const string EncodingAesKey = "DevelopmentOnlyDevelopmentOnlyDevelopment01";

    /// <summary>The organisation.</summary>
    public const string CorpId = "dingdevcorp00000000000000000000000000";

    /// <summary>The ticket that a third-party app must show.</summary>
    public const string SuiteTicket = "simulated-suite-ticket";
}
