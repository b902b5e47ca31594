using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Azure.Messaging.ServiceBus.Amqp;

/// <summary>Where the tokens come from that open a queue to a connection.</summary>
internal abstract class TokenSource
{
    private const string SasTokenType = "servicebus.windows.net:sastoken";
    private const string JwtTokenType = "jwt";

    /// <summary>Tokens made of a shared access key, good for an hour.</summary>
    public static TokenSource FromKey(string name, string key, TimeProvider time) => new KeySource(name, key, time);

    /// <summary>One ready-made token.</summary>
    public static TokenSource FromSignature(string signature) => new SignatureSource(signature);

    /// <summary>Tokens of an identity.</summary>
    public static TokenSource FromCredential(TokenCredential credential) => new CredentialSource(credential);

    /// <summary>A token for an audience.</summary>
    public abstract ValueTask<CbsToken> GetAsync(string audience, CancellationToken cancellationToken);

    private sealed class KeySource(string name, string key, TimeProvider time) : TokenSource
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

        public override ValueTask<CbsToken> GetAsync(string audience, CancellationToken cancellationToken)
        {
            var expiresOn = time.GetUtcNow() + Lifetime;
            var expiry = expiresOn.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var resource = Uri.EscapeDataString(audience.ToLowerInvariant());
            var signature = Convert.ToBase64String(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}")));
            var token = $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(signature)}&se={expiry}"
                + $"&skn={Uri.EscapeDataString(name)}";
            return ValueTask.FromResult(new CbsToken(token, SasTokenType, expiresOn));
        }
    }

    private sealed class SignatureSource(string signature) : TokenSource
    {
        public override ValueTask<CbsToken> GetAsync(string audience, CancellationToken cancellationToken)
            => ValueTask.FromResult(new CbsToken(signature, SasTokenType, ExpiryOf(signature)));

        /// <summary>The end that a signature names; a signature that names none is never renewed.</summary>
        private static DateTimeOffset ExpiryOf(string signature)
        {
            foreach (var field in signature[(signature.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('&'))
            {
                if (field.StartsWith("se=", StringComparison.Ordinal)
                    && long.TryParse(field.AsSpan(3), CultureInfo.InvariantCulture, out var seconds))
                {
                    return DateTimeOffset.FromUnixTimeSeconds(seconds);
                }
            }

            return DateTimeOffset.MaxValue;
        }
    }

    private sealed class CredentialSource(TokenCredential credential) : TokenSource
    {
        private static readonly TokenRequestContext Scope = new(["https://servicebus.azure.net/.default"]);

        public override async ValueTask<CbsToken> GetAsync(string audience, CancellationToken cancellationToken)
        {
            var token = await credential.GetTokenAsync(Scope, cancellationToken).ConfigureAwait(false);
            return new CbsToken(token.Token, JwtTokenType, token.ExpiresOn);
        }
    }
}
