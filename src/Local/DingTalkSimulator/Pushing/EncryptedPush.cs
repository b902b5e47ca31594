using MeetingRecordings.Notifications.Callbacks;

namespace DingTalkSimulator.Pushing;

/// <summary>A push as it goes over the wire.</summary>
/// <param name="Url">Where to, with signature, time and nonce.</param>
/// <param name="Body">The body.</param>
/// <param name="Keys">The keys that its answer must be made with.</param>
internal sealed record EncryptedPush(Uri Url, byte[] Body, CallbackKeys Keys);
