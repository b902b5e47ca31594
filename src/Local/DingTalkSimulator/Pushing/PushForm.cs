namespace DingTalkSimulator.Pushing;

/// <summary>How events are pushed.</summary>
public enum PushForm
{
    /// <summary>HTTP push: one event a push, encrypted for the app's key. For internal apps.</summary>
    Http,

    /// <summary>SyncHTTP push: rows of events, encrypted for the suite's key. For third-party apps.</summary>
    SyncHttp,
}
