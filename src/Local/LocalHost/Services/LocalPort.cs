using System.Net.NetworkInformation;

namespace LocalHost.Services;

/// <summary>The ports of this machine.</summary>
internal static class LocalPort
{
    /// <summary>Whether something listens on a TCP port.</summary>
    public static bool IsTaken(int port)
        => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(endpoint => endpoint.Port == port);
}
