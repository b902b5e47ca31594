using System.Runtime.InteropServices;

namespace Deployment.Tests.Infrastructure;

/// <summary>The bicep program that a package brings.</summary>
internal static class Bicep
{
    public const string LinuxOnly = "The bicep program comes from a package for Linux on x64; elsewhere these tests do not run.";

    public static bool IsHere => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        var program = Repository.Metadata("Bicep");
        if (OperatingSystem.IsLinux())
        {
            // A package's files come without the right to be run.
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        }

        return await Tool.RunAsync(program, arguments);
    }
}
