namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>The secrets that DingTalk's console and this app share for one callback.</summary>
/// <param name="Token">Signs pushes and answers.</param>
/// <param name="Cipher">Encrypts them.</param>
/// <param name="OwnerKey">Whom pushes are for: the AppKey (the rule), CorpId or SuiteKey.</param>
public sealed record CallbackKeys(string Token, CallbackCipher Cipher, string OwnerKey)
{
    /// <inheritdoc />
    public override string ToString() => $"callback keys of {OwnerKey}";
}
