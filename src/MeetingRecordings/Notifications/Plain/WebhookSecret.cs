namespace MeetingRecordings.Notifications.Plain;

/// <summary>A secret of the Standard Webhooks form, which a sender signs its notifications with.</summary>
/// <remarks>Source: the Standard Webhooks specification, "Signature scheme".</remarks>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>The bytes to sign with.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads a secret.</summary>
    /// <param name="text"><c>whsec_</c> and the base64 of 24 to 64 bytes.</param>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static WebhookSecret Parse(string text)
    {
        var key = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length)
            && length is >= MinBytes and <= MaxBytes
            ? new WebhookSecret(key[..length])
            : throw new FormatException($"A webhook secret is {Prefix} and the base64 of {MinBytes} to {MaxBytes} bytes.");
    }
}
