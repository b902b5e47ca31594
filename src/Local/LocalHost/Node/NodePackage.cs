using System.Security.Cryptography;

namespace LocalHost.Node;

/// <summary>A folder with a <c>package.json</c> and its lock, whose dependencies are installed on first use.</summary>
public static class NodePackage
{
    private const string LockFile = "package-lock.json";

    // Installing needs minutes on a slow line, and the other process may be doing just that.
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Installs a package's dependencies with <c>npm ci</c> unless they are there. Any number of processes may ask at the same
    /// time; a broken-off installation is made anew.
    /// </summary>
    /// <param name="source">The folder with <c>package.json</c>, <c>package-lock.json</c> and the scripts.</param>
    /// <param name="cache">Where installed packages are kept.</param>
    /// <param name="installing">Called once where there is something to install.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>A folder with the package's files and its <c>node_modules</c>.</returns>
    /// <exception cref="LocalHostException">There is no Node.js, or npm failed.</exception>
    public static async Task<string> InstallAsync(string source, string cache, Action? installing, CancellationToken cancellationToken)
    {
        var target = Path.Combine(cache, $"{Path.GetFileName(source).ToLowerInvariant()}-{Fingerprint(source)}");
        if (Directory.Exists(target))
        {
            return target;
        }

        Directory.CreateDirectory(cache);
        await using var turn = await TakeTurnAsync($"{target}.lock", cancellationToken);
        if (Directory.Exists(target))
        {
            return target;
        }

        installing?.Invoke();
        var unfinished = $"{target}.unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(unfinished, Path.GetFileName(file)));
        }

        await NodeProgram.NpmAsync(unfinished, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken);
        Directory.Move(unfinished, target);
        return target;
    }

    // Of all files, so that a new version of the scripts is a new folder too.
    private static string Fingerprint(string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!File.Exists(Path.Combine(source, LockFile)))
        {
            throw new LocalHostException($"{source} has no {LockFile}.");
        }

        foreach (var file in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InstallTimeout);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && Directory.Exists(Path.GetDirectoryName(path)))
            {
                await Task.Delay(PollInterval, timeout.Token);
            }
        }
    }
}
