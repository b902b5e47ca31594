using System.Text.Json;

namespace MeetingRecordings.Tests.Notifications;

/// <summary>A push that DingTalk has published, with everything that was used to make it.</summary>
public sealed record CallbackVector(
    string Name,
    string Token,
    string AesKey,
    string OwnerKey,
    string Signature,
    string Timestamp,
    string Nonce,
    string Encrypt,
    string Random16,
    string Plaintext,
    int Pad)
{
    private static readonly IReadOnlyList<CallbackVector> Published = JsonSerializer.Deserialize<CallbackVector[]>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "dingtalk-callback.json")),
        JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Published.Select(static vector => vector.Name)];

    public static CallbackVector Of(string name) => Published.Single(vector => vector.Name == name);
}
