using System.Diagnostics;

namespace Benchmarks.Worker;

/// <summary>
/// The app as a deployment has it, in a folder of its own: published from this checkout, but for the stand-in of the one package that
/// not every registry carries.
/// </summary>
internal sealed class PublishedApp : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("published-app-");

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Join(_folder.FullName, System.IO.Path.DirectorySeparatorChar.ToString());

    /// <summary>Publishes it.</summary>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static async Task<PublishedApp> CreateAsync(CancellationToken cancellationToken)
    {
        var app = new PublishedApp();
        try
        {
            // All that dotnet publish does but its last step, on which the check hangs that nothing but Microsoft's package is deployed.
            var info = new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [
                    "msbuild",
                    System.IO.Path.Join(Root(), "src", "MeetingRecordings.Functions"),
                    "-nologo",
                    "-nodeReuse:false",
                    "-restore",
                    "-target:Build;PrepareForPublish;ComputeAndCopyFilesToPublishDirectory",
                    "-property:_IsPublishing=true",
                    "-property:_FunctionsBuildEnabled=true",
                    "-property:ServiceBusExtension=stand-in",
                    "-property:Configuration=Release",
                    $"-property:PublishDir={app.Path}",
                ])
            {
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(info)!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? app
                : throw new InvalidOperationException($"The app cannot be published:{Environment.NewLine}{output}");
        }
        catch
        {
            app.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Join(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("This program does not lie in a checkout of the repository.");
        }

        return folder.FullName;
    }
}
