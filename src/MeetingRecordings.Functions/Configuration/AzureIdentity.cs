using Azure.Core;
using Azure.Identity;

namespace MeetingRecordings.Functions.Configuration;

/// <summary>The identity under which Azure is called.</summary>
internal static class AzureIdentity
{
    /// <summary>The user-assigned identity of that client id; without one whatever the machine is signed in with.</summary>
    public static TokenCredential Create(string? clientId) => clientId is null
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
