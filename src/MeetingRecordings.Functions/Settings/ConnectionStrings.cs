using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

namespace MeetingRecordings.Functions.Settings;

/// <summary>What is wrong with a connection string, in words without its value; null where nothing is.</summary>
internal static class ConnectionStrings
{
    private const string ServiceBusExpected =
        "expected a connection string of a Service Bus namespace: Endpoint=sb://...;SharedAccessKeyName=...;SharedAccessKey=...";

    private const string BlobExpected =
        "expected a connection string of a storage account: DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...;EndpointSuffix=...";

    /// <summary>Checks that of a Service Bus namespace.</summary>
    public static string? ProblemOfServiceBus(string text)
    {
        ServiceBusConnectionStringProperties read;
        try
        {
            read = ServiceBusConnectionStringProperties.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return ServiceBusExpected;
        }

        return read.Endpoint is null || (read.SharedAccessSignature is null && (read.SharedAccessKeyName is null || read.SharedAccessKey is null))
            ? ServiceBusExpected
            : read.EntityPath is { Length: > 0 }
                ? "it is the connection string of one queue (EntityPath), and the app uses two; expected that of the namespace"
                : null;
    }

    /// <summary>Checks that of a storage account.</summary>
    public static string? ProblemOfBlobs(string text)
    {
        try
        {
            var client = new BlobServiceClient(text);
            return client.CanGenerateAccountSasUri || client.Uri.Query.Length > 1 ? null : BlobExpected;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            // The last is what the client makes of an account without blobs.
            return BlobExpected;
        }
    }

    /// <summary>Checks the address of a Service Bus namespace.</summary>
    public static string? ProblemOfNamespace(string text)
        => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
            || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "sb" or "https" && uri.Host.Length > 0)
            ? null
            : "expected the host name of a Service Bus namespace, such as name.servicebus.windows.net";
}
