namespace MeetingRecordings.Notifications.Callbacks;

/// <summary>What a push holds once decrypted.</summary>
/// <param name="Message">The message, UTF-8 JSON in every push of DingTalk's.</param>
/// <param name="OwnerKey">The AppKey, CorpId or SuiteKey that the message was encrypted for.</param>
public sealed record CallbackPlaintext(ReadOnlyMemory<byte> Message, string OwnerKey);
