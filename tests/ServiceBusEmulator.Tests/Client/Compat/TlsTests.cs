using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amqp;
using Azure.Messaging.ServiceBus.Amqp.Transport;
using Azure.Messaging.ServiceBus.Primitives;

namespace ServiceBusEmulator.Tests.Client.Compat;

public class TlsTests
{
    private const string Namespace = "example.servicebus.windows.net";

    [Fact(Timeout = 60_000)]
    public async Task A_namespace_is_asked_for_by_name_and_its_certificate_is_checked()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest($"CN={Namespace}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var askedFor = AcceptAsync(listener, certificate);
        var proxy = new Uri($"sb://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var endpoint = new NamespaceEndpoint(new Uri($"sb://{Namespace}"), isEmulator: false, proxy);
        using var transports = new NamespaceTransports(endpoint, TestContext.Current.CancellationToken);

        // Nobody vouches for the certificate, so the connection must not come to be.
        await Assert.ThrowsAsync<AuthenticationException>(
            () => transports.CreateAsync(new Address(Namespace, endpoint.Port, scheme: "AMQPS")));

        Assert.Equal(Namespace, await askedFor);
    }

    private static async Task<string> AcceptAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var askedFor = new TaskCompletionSource<string>();
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateSelectionCallback = (_, name) =>
                {
                    askedFor.TrySetResult(name ?? string.Empty);
                    return certificate;
                },
            });
            await stream.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client refuses the certificate.
        }

        return await askedFor.Task;
    }
}
